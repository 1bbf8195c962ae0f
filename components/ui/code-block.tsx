import { CopyButton } from './copy-button.tsx'

interface Props {
  code: string
  /** What it is, for the region and for the Copy button: “command” gives “Copy command”. */
  label: string
}

/** Text that a machine reads, as it is, with Copy. Long text scrolls inside its own box. */
export function CodeBlock({ code, label }: Props) {
  return (
    <div className="flex flex-col-reverse rounded-xl bg-sunk sm:flex-row sm:items-start">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-112 min-w-0 flex-1 overflow-auto rounded-xl"
      >
        <pre className="w-max min-w-full p-3.5 font-mono text-[13px] leading-relaxed max-sm:pt-2">{code}</pre>
      </section>
      <div className="flex justify-end p-2.5 max-sm:pb-0">
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
    </div>
  )
}
