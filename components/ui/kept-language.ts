/** The languages that snippets come in, in the order of their tabs. */
export const languages = ['curl', 'TypeScript', 'Python'] as const
export type Language = (typeof languages)[number]

const storageKey = 'snippet-language'

/** The language that was chosen last on any page; undefined before the first choice, and where storage is forbidden. */
export function keptLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(storageKey)
    return languages.find((language) => language === kept)
  } catch {
    return undefined
  }
}

/** Keeps a choice for the next pages, where storage allows. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {}
}
