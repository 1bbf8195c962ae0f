'use client'

import { useEffect, useState } from 'react'
import { Icon } from './icon.tsx'
import { chooseTheme, storedTheme, type Theme, themes } from './theme.ts'

const icons = { system: 'contrast', light: 'sun', dark: 'moon' } as const

/** One button that steps through system, light and dark; its name says which is on. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>('system')
  useEffect(() => setTheme(storedTheme()), [])

  function next() {
    const following = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
    chooseTheme(following)
    setTheme(following)
  }
  return (
    <button
      type="button"
      onClick={next}
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
      className="grid size-9 cursor-pointer place-items-center rounded-field border border-line text-soft transition-colors hover:border-line-strong hover:text-ink"
    >
      <Icon name={icons[theme]} />
    </button>
  )
}
