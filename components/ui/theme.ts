/** What a person may choose; `system` follows the device. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'theme'

/**
 * Runs in <head> before the first paint, and again when the device changes. Storage can be forbidden: the device's wish
 * then decides.
 */
export const themeScript = `(function(d){function f(){try{var t=localStorage.getItem('${key}')}catch(e){}document.documentElement.classList.toggle('dark',t?t==='dark':d.matches)}f();d.addEventListener('change',f)})(matchMedia('(prefers-color-scheme: dark)'))`

/** The choice of an earlier visit, `system` without one. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

/** Shows a theme and, where storage allows, remembers it. */
export function chooseTheme(theme: Theme) {
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {}
  showTheme(theme)
}

function showTheme(theme: Theme) {
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  document.documentElement.classList.toggle('dark', dark)
}
