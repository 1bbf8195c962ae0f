import { useEffect, useRef } from 'react'
import type { ShortcutPage } from './shortcuts.ts'

const load = () => Promise.all([import('./shortcuts.ts'), import('./shortcuts-on.ts')])

/** Where letters are text, or belong to what is open. */
const written = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=menu]'

/** Hears the page's shortcuts, but never while somebody types, in a dialogue, or with a modifier held. */
export function useShortcuts(page: ShortcutPage): void {
  const latest = useRef(page)
  useEffect(() => {
    latest.current = page
  })
  useEffect(() => {
    const hear = ({ key, target, ctrlKey, metaKey, altKey, repeat, isComposing, defaultPrevented }: KeyboardEvent) => {
      if (key.length !== 1 || ctrlKey || metaKey || altKey || repeat || isComposing || defaultPrevented) return
      if ((target instanceof Element && target.closest(written)) || document.querySelector('dialog[open]')) return
      load().then(
        ([{ shortcuts }, { shortcutsOn }]) => {
          if (shortcutsOn()) shortcuts.find(({ keys }) => keys.includes(key))?.act(latest.current, key)
        },
        () => {},
      )
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
}
