import { copyText } from '../../ui/copy-text.ts'

/** Copy takes the code that is shown, the key in it whole, and says for two seconds what came of it. */
export function copying(): void {
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('[data-copy]') : null
    const said = button?.querySelector('[aria-live]')
    const shown = [...(button?.closest('.code-group')?.querySelectorAll('[data-code]') ?? [])].find((code) =>
      code.checkVisibility(),
    )
    if (!said || !shown) return
    said.textContent = (await copyText(shown.textContent ?? '')) ? 'Copied' : 'Not copied'
    setTimeout(() => {
      said.textContent = 'Copy'
    }, 2_000)
  })
}
