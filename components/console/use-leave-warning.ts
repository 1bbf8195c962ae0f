import { useEffect } from 'react'

/**
 * While `on`, since `what` is shown only here, leaving the page asks first: by a link of it, or in whatever way the browser offers. A link that takes it
 * along (`data-takes-key`) leaves without a question.
 */
export function useLeaveWarning(on: boolean, what: string): void {
  useEffect(() => {
    if (!on) return
    const question = `The ${what} is shown only here, and only once. Leave without storing it?`
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
      const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || link?.target
      if (!link || elsewhere || link.getAttribute('href')?.startsWith('#')) return
      if (link.dataset.takesKey !== undefined || confirm(question)) window.removeEventListener('beforeunload', unload)
      else {
        event.preventDefault()
        event.stopPropagation()
      }
    }
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', click, true)
    return () => {
      window.removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, true)
    }
  }, [on, what])
}
