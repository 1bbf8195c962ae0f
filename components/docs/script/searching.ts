import type { Found } from './found.ts'
import type { Search } from './search.ts'

/** The field in the header: ⌘K (Ctrl K) or “/” goes there, arrows choose, Enter opens. What searches is loaded when it is first used. */
export function searching(): void {
  const place = document.querySelector<HTMLElement>('[data-search]')
  const field = place?.querySelector('input')
  const list = place?.querySelector<HTMLElement>('[role=listbox]')
  const status = place?.querySelector<HTMLElement>('[role=status]')
  if (!place || !field || !list || !status) return
  const shortcut = place.querySelector('[data-shortcut]')
  if (shortcut && /Mac|iPhone|iPad/.test(navigator.platform)) shortcut.textContent = '⌘K'
  let loading: Promise<Search> | undefined
  let at = 0

  const load = () => {
    loading ??= import(place.dataset.script ?? '').then(({ search }) => search(place.dataset.index ?? ''))
    loading.catch(() => {
      loading = undefined
      status.textContent = 'Search could not be loaded.'
    })
    return loading
  }
  const close = () => {
    list.hidden = true
    field.ariaExpanded = 'false'
    field.removeAttribute('aria-activedescendant')
  }
  const choose = (index: number) => {
    const options = [...list.children]
    at = (index + options.length) % Math.max(options.length, 1)
    for (const [one, option] of options.entries()) option.ariaSelected = String(one === at)
    const chosen = options[at]
    if (!chosen) return
    field.setAttribute('aria-activedescendant', chosen.id)
    chosen.scrollIntoView({ block: 'nearest' })
  }
  const show = async () => {
    const words = field.value.trim()
    if (words === '') {
      status.textContent = ''
      return close()
    }
    const found = (await load())(words)
    if (field.value.trim() !== words) return
    list.replaceChildren(...(found.length > 0 ? found.map(optionOf) : [nothing(words)]))
    list.hidden = false
    field.ariaExpanded = 'true'
    status.textContent = found.length === 1 ? '1 place' : `${found.length} places`
    if (found.length > 0) choose(0)
  }

  field.addEventListener('focus', () => void load())
  field.addEventListener('input', () => void show())
  field.addEventListener('blur', close)
  // A press takes no focus away, so that the list is still there when it is let go.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    if (target instanceof Element) open(target.closest('[role=option]'))
  })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      field.value = ''
      close()
    } else if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      choose(at + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter') {
      open(list.children[at])
    } else return
    event.preventDefault()
  })
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select')
    const isShortcut = event.key === 'k' && (event.metaKey || event.ctrlKey)
    if (!isShortcut && (event.key !== '/' || isTyping)) return
    event.preventDefault()
    field.select()
  })
}

function open(option: Element | null | undefined): void {
  const { path } = (option as HTMLElement | undefined)?.dataset ?? {}
  if (path) location.assign(path)
}

function optionOf({ path, page, heading, text }: Found, at: number): HTMLElement {
  const option = make(
    'div',
    '',
    'block cursor-pointer rounded-lg px-3 py-2 text-[14px] hover:bg-sunk aria-selected:bg-sunk',
  )
  option.id = `docs-found-${at}`
  option.role = 'option'
  option.dataset.path = path
  option.append(
    make('span', heading, 'font-medium'),
    make('span', heading === page ? '' : ` ${page}`, 'text-faint text-[12.5px]'),
    make('span', text, 'block truncate text-soft text-[13px]'),
  )
  return option
}

function nothing(words: string): HTMLElement {
  const said = make('div', `Nothing is said about “${words}”.`, 'px-3 py-2 text-[14px] text-soft')
  said.role = 'presentation'
  return said
}

function make(name: string, text: string, look: string): HTMLElement {
  const element = document.createElement(name)
  element.textContent = text
  element.className = look
  return element
}
