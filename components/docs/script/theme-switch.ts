import { chooseTheme, storedTheme, type Theme, themes } from '../../ui/theme.ts'

/** The button of the header, as components/ui/theme-switch.tsx has it on other pages. */
export function themeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>('[aria-label^="Theme: "]')
  if (!button) return
  let theme = storedTheme()
  const say = (now: Theme) => {
    button.ariaLabel = `Theme: ${now}`
    button.title = `Theme: ${now}`
  }
  say(theme)
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
    chooseTheme(theme)
    say(theme)
  })
}
