/** Takes one to the first field that is marked wrong, once it is; of a group of choices, to its first choice. */
export function focusMistake(form: HTMLElement | null): void {
  setTimeout(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid=true], fieldset[aria-describedby$="-error"]')
    const field = wrong instanceof HTMLFieldSetElement ? wrong.querySelector<HTMLElement>('input') : wrong
    field?.focus()
  })
}
