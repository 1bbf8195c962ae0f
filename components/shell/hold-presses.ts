declare global {
  interface Window {
    /** There until the page listens. */
    early?: {
      /** In their order. */
      presses: Event[]
      /** The page reads its fields itself from now on. */
      read: boolean
      /** What the page reads first, such as its address: until then a press would mean something else. */
      until?: Promise<unknown>
      end: () => void
    }
  }
}

/**
 * Runs in <head>, before there is anything to press: keeps the presses that only script answers until `ReleasePresses` lets
 * them go. What the browser does with a press itself it does at once: a box is ticked, a link is followed, a form that has
 * an address is sent. Who presses a button again because nothing happened means it once.
 *
 * One place for all buttons, and nothing is lost: were each disabled until then, what people press would be.
 */
export const holdScript = `{
  const presses = []
  const hold = (event) => {
    const { type, target, key, repeat } = event
    if (!event.isTrusted || !(target instanceof Element) || target.closest('form[action]')) return
    const box = target.matches('[type=checkbox], [type=radio]')
    if (type === 'input' || type === 'change' || (type === 'click' && box)) {
      if (!window.early.read) event.stopImmediatePropagation()
      return
    }
    const button = target.closest('button')
    if ((type === 'click' && !button) || repeat) return
    if (type === 'keydown' && key !== 'Enter' && !box && target.matches('input, textarea, select')) return
    event.stopImmediatePropagation()
    if (type !== 'keydown') {
      event.preventDefault()
      const before = presses.findIndex((press) => press.type === type && press.target.closest('button') === button)
      if (before >= 0) presses.splice(before, 1)
    }
    presses.push(event)
  }
  const types = ['click', 'keydown', 'submit', 'input', 'change']
  for (const type of types) addEventListener(type, hold, true)
  window.early = {
    presses,
    read: false,
    end() {
      for (const type of types) removeEventListener(type, hold, true)
      delete window.early
    },
  }
}`
