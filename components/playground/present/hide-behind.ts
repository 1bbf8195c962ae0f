/**
 * Hides from assistive software, and from tests that look by role, all that lies behind an element: a modal dialogue alone
 * keeps it from being reached, and each control would be there twice.
 *
 * @returns shows it again
 */
export function hideBehind(element: Element): () => void {
  const hidden: Element[] = []
  for (let each = element; each.parentElement; each = each.parentElement) {
    for (const beside of each.parentElement.children) {
      if (beside === each || beside.hasAttribute('aria-hidden')) continue
      beside.setAttribute('aria-hidden', 'true')
      hidden.push(beside)
    }
    if (each.parentElement === document.body) break
  }
  return () => {
    for (const each of hidden) each.removeAttribute('aria-hidden')
  }
}
