import { CopyButton } from '../../../ui/copy-button.tsx'

interface Props {
  title: string
  text: string
  /** As it is shown, where that differs from what Copy takes. */
  shown?: string
  /** What Copy copies: “request body”. */
  copies: string
}

/** What went over the wire, in the width of its place. */
export function SentBlock({ title, text, shown = text, copies }: Props) {
  return (
    <section aria-label={title}>
      <div className="mt-4 mb-1 flex items-center justify-between gap-3">
        <h4 className="font-semibold text-[13px] text-soft">{title}</h4>
        <CopyButton small text={text} label={`Copy ${copies}`} />
      </div>
      <pre className="whitespace-pre-wrap rounded-xl bg-sunk px-3.5 py-3 font-mono text-[12.5px] leading-relaxed wrap-anywhere">
        {shown}
      </pre>
    </section>
  )
}
