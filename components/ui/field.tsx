import type { ComponentProps, CSSProperties, ReactNode, Ref } from 'react'
import { FieldLabel } from './field-label.tsx'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'children'> {
  id: string
  label: string
  /** Beside the label; described-by, never part of the name. */
  hint?: string
  error?: string | undefined
  /** What can be done about the error: a button beside it. */
  help?: ReactNode
  /** Below the field; described-by, never part of the name. */
  note?: ReactNode
  /** For what people write; without it, for what a machine made. */
  words?: boolean
  /** Buttons inside the field's frame, after the input. */
  after?: ReactNode
  /** Drawn over the input while it is not being edited; hidden from assistive technology. */
  cover?: ReactNode
  inputStyle?: CSSProperties
  ref?: Ref<HTMLInputElement>
}

/** A labelled text field. The error takes the place of nothing: it stands below, and is read with the field. */
export function TextField({
  id,
  label,
  hint,
  error,
  help,
  note,
  words = false,
  after,
  cover,
  inputStyle,
  className,
  ref,
  ...input
}: TextFieldProps) {
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : '', note ? `${id}-note` : '']
    .filter(Boolean)
    .join(' ')
  return (
    <div className={className}>
      <FieldLabel id={id} label={label} hint={hint} />
      <div
        className={`relative flex overflow-hidden rounded-field border bg-card transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/25 ${error ? 'border-bad' : 'border-line-strong hover:border-faint'}`}
      >
        <div className="relative min-w-0 flex-1">
          <input
            ref={ref}
            id={id}
            aria-invalid={error ? true : undefined}
            aria-describedby={described || undefined}
            style={inputStyle}
            className={`peer w-full bg-transparent px-3 py-2.5 ${words ? 'text-[15px]' : 'font-mono text-[14px]'} leading-5 placeholder:text-faint focus-visible:outline-none ${cover ? 'not-focus:text-transparent!' : ''}`}
            {...input}
          />
          {cover ? (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute inset-0 flex items-center overflow-hidden whitespace-nowrap px-3 font-mono text-[13px] peer-focus:hidden"
            >
              {cover}
            </span>
          ) : null}
        </div>
        {after}
      </div>
      {error ? (
        <div className="mt-1.5 flex flex-wrap items-baseline gap-x-3 text-[13px]">
          <p id={`${id}-error`} className="text-bad">
            {error}
          </p>
          {help}
        </div>
      ) : null}
      {note ? (
        <p id={`${id}-note`} className="mt-1.5 text-[13px] text-soft">
          {note}
        </p>
      ) : null}
    </div>
  )
}

/** A button inside a field's frame. */
export function FieldButton(props: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className="cursor-pointer border-line border-l px-3 font-medium text-[13px] text-soft transition-colors hover:bg-sunk hover:text-ink focus-visible:-outline-offset-2"
      {...props}
    />
  )
}
