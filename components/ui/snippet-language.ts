import { useSyncExternalStore } from 'react'
import { keepLanguage, keptLanguage, type Language, languages } from './kept-language.ts'

export { type Language, languages } from './kept-language.ts'

const watching = new Set<() => void>()
/** What was chosen on this page: it holds also where storage is forbidden. */
let chosen: Language | undefined

/**
 * The language of every snippet, on this page and the next ones, and what changes it. It is known when a snippet is first
 * drawn in a browser, so that none is drawn in another one before.
 */
export function useLanguage(): [language: Language, choose: (language: Language) => void] {
  return [useSyncExternalStore(watch, current, () => languages[0]), choose]
}

function choose(language: Language): void {
  chosen = language
  keepLanguage(language)
  for (const changed of watching) changed()
}

function current(): Language {
  return chosen ?? keptLanguage() ?? languages[0]
}

function watch(changed: () => void): () => void {
  watching.add(changed)
  return () => watching.delete(changed)
}
