/** Takes one to the first field that is marked wrong, or the button to be pressed first, once it is; of a group of choices, to the first. */
export function focusMistake(form: HTMLElement | null): void {
  setTimeout(() => {
    const wrong = form?.querySelector<HTMLElement>(
      '[aria-invalid=true], :is(fieldset, button)[aria-describedby$="-error"]',
    )
    const field = wrong instanceof HTMLFieldSetElement ? wrong.querySelector<HTMLElement>('input') : wrong
    field?.focus()
  })
}
