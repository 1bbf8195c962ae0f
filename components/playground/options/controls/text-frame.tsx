import type { ComponentProps, ReactNode } from 'react'

interface TextFrameProps extends ComponentProps<'input'> {
  invalid?: boolean
  /** Inside the frame, before what is written. */
  before?: ReactNode
  /** Inside the frame, after it, and on a line of its own where there is little room: a unit, a button. */
  after?: ReactNode
}

/** A line of machine’s text in a frame; faint while it is unset, red while it is wrong. */
export function TextFrame({ invalid = false, before, after, ...input }: TextFrameProps) {
  return (
    <div
      className={`flex min-w-0 flex-wrap items-center overflow-hidden rounded-lg border focus-within:outline-2 focus-within:outline-accent/40 ${invalid ? 'border-bad bg-bad-wash' : input.value === '' ? 'border-line-strong border-dashed bg-card' : 'border-line-strong bg-card'}`}
    >
      {before}
      <input
        type="text"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-invalid={invalid ? true : undefined}
        className="min-w-0 flex-[1_1_7.5rem] text-ellipsis bg-transparent px-2.5 py-[3px] font-mono text-[13px] leading-5 placeholder:text-faint focus-visible:outline-none"
        {...input}
      />
      {after ? <div className="ml-auto flex min-h-[26px] items-center">{after}</div> : null}
    </div>
  )
}

/** What stands after the text and is not pressed. */
export function FrameUnit({ children }: { children: ReactNode }) {
  return <span className="shrink-0 whitespace-nowrap pr-2.5 text-[12px] text-faint">{children}</span>
}
