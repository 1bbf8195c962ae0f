import { keepLanguage, keptLanguage, languages } from '../../ui/kept-language.ts'

// What else a block calls a language that others have under another name.
const called: Record<string, string> = { Node: 'TypeScript' }

/** A language that is chosen in one block is shown in all of them, on the next pages too, where they have it. */
export function language(): void {
  const kept = keptLanguage()
  if (kept) show(kept)
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.closest('.code-group')) return
    const chosen = languages.find((one) => one === (called[target.value] ?? target.value))
    if (!chosen) return
    keepLanguage(chosen)
    // What is above it may become longer or shorter: it stays where the person looks.
    const before = target.getBoundingClientRect().top
    show(chosen)
    window.scrollBy({ top: target.getBoundingClientRect().top - before, behavior: 'instant' })
  })
}

function show(language: string): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('.code-group input'))
    if ((called[input.value] ?? input.value) === language) input.checked = true
}
