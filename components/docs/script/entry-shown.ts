import { howOften } from './how-often.ts'

/** Of the errors, the one that the address names: marked in the contents, with how often it happened. */
export function entryShown(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-codes] a')]
  if (links.length === 0) return
  const show = () => {
    for (const link of links) {
      const isShown = link.hash === location.hash
      link.ariaCurrent = isShown ? 'location' : null
      const nav = isShown ? link.closest('nav') : null
      if (nav) nav.scrollTop = link.offsetTop - nav.clientHeight / 2
    }
    const place = document.querySelector<HTMLElement>(`[data-how-often="${CSS.escape(location.hash.slice(1))}"]`)
    if (place) void howOften(place)
  }
  show()
  addEventListener('hashchange', show)
}
