import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { optionId } from '../option-id.ts'

const controls = 'input:checked, select, input:not([type=radio]), textarea, button, input'

/** Gives the focus to an option’s control, where it is written wrong to that; to the JSON where the option has none. */
export function focusOption(ceremony: CeremonyKind, path: string): void {
  const field = document.querySelector(`[data-option="${CSS.escape(optionId(ceremony, path))}"]`)
  const control =
    field?.querySelector<HTMLElement>(':is(input, textarea)[aria-invalid=true]') ??
    field?.querySelector<HTMLElement>(controls) ??
    document.querySelector<HTMLElement>('[data-testid=options-json]')
  control?.focus()
}
