import { flushSync } from 'react-dom'

/**
 * Does what a field that was left is to do: at once, or where a press took the focus, once the pointer is up and its click
 * has come. What is then said of the field moves what stands below, and a button that moves while pressed is not clicked.
 * It is drawn before anybody looks for the first mistake.
 */
export function afterPress(act: () => void): void {
  if (document.documentElement.matches(':active'))
    addEventListener('pointerup', () => setTimeout(() => flushSync(act)), { once: true })
  else act()
}
