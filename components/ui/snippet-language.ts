import { useSyncExternalStore } from 'react'

/** The languages that snippets come in, in the order of their tabs. */
export const languages = ['curl', 'TypeScript', 'Python'] as const
export type Language = (typeof languages)[number]

const storageKey = 'snippet-language'
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
  try {
    localStorage.setItem(storageKey, language)
  } catch {}
  for (const changed of watching) changed()
}

function current(): Language {
  return chosen ?? languages.find((language) => language === stored()) ?? languages[0]
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function watch(changed: () => void): () => void {
  watching.add(changed)
  return () => watching.delete(changed)
}
