import type { ComponentProps } from 'react'

const shape = 'cursor-pointer transition-colors duration-150'
const solid = `${shape} inline-flex items-center justify-center gap-2 rounded-field border px-4 py-[10px] text-[15px] leading-5 font-semibold`

const looks = {
  primary: `${solid} border-fill bg-fill text-fill-ink hover:brightness-110 active:brightness-95`,
  secondary: `${solid} border-line-strong bg-card text-ink hover:bg-sunk active:border-faint`,
  danger: `${solid} border-bad bg-bad text-card hover:brightness-110 active:brightness-95`,
  quiet: `${shape} inline-flex items-center gap-1 rounded-md py-1 text-[13px] leading-5 font-medium text-accent hover:underline underline-offset-4`,
  small: `${shape} inline-flex items-center gap-1.5 rounded-lg border border-line-strong bg-card px-3 py-1 text-[13px] leading-5 font-medium text-ink hover:border-faint hover:bg-sunk`,
  dashed: `${shape} inline-flex items-center gap-1.5 rounded-lg border border-line-strong border-dashed px-2.5 py-1 text-[13px] leading-5 font-medium text-soft hover:border-faint hover:text-ink`,
} as const

/** A link that looks like the page's one next action. */
export const linkButton: string = looks.primary

/** A link that looks like one of several buttons. */
export const secondaryLink: string = looks.secondary

/** A link that looks like a small button. */
export const smallLink: string = looks.small

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks
}

/** A button; `primary` is for the one next action of a view, `danger` for what cannot be taken back. */
export function Button({
  look = 'primary',
  className = '',
  type = 'button',
  'aria-disabled': off,
  ...rest
}: ButtonProps) {
  // One that says it is not disabled is taken for one that works inside what is disabled as a whole.
  return <button type={type} aria-disabled={off || undefined} className={`${looks[look]} ${className}`} {...rest} />
}
