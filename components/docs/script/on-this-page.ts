/** Marks the heading that is being read: the last one above the upper third of the window. */
export function onThisPage(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-on-page] a')]
  const mark = () => {
    const read = links.findLast(({ hash }) => {
      const heading = document.getElementById(decodeURIComponent(hash.slice(1)))
      return heading ? heading.getBoundingClientRect().top < window.innerHeight / 3 : false
    })
    for (const link of links) link.ariaCurrent = link === (read ?? links[0]) ? 'location' : null
  }
  mark()
  addEventListener('scroll', mark, { passive: true })
}
