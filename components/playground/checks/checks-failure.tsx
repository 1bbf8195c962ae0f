import type { Failure } from '../run.ts'

/** Why it was refused, for a person: what happened, why, what to do. The original message is one click away. */
export function ChecksFailure({ failure }: { failure: Failure }) {
  const { calm } = failure
  return (
    <div className={`rounded-xl border px-4 py-3.5 ${calm ? 'border-line-strong bg-sunk' : 'border-bad bg-bad-wash'}`}>
      <p className={`font-semibold ${calm ? '' : 'text-bad'}`}>{failure.what}</p>
      <p className="mt-0.5 text-[14px]">
        <Words text={failure.why} />
      </p>
      <p className="mt-1.5 text-[14px]">
        <span className="font-semibold">What to do: </span>
        <Words text={failure.todo} />
      </p>
      <details className="mt-2 text-[13px]">
        <summary className="w-fit cursor-pointer text-soft hover:text-ink">
          Original message <code className="font-mono">{failure.code}</code>
        </summary>
        <pre className="mt-1.5 whitespace-pre-wrap font-mono text-[12.5px] wrap-anywhere">{failure.raw}</pre>
        {failure.problem && (
          <p className="mt-1 text-soft">
            Request <code className="font-mono">{failure.problem.requestId}</code>, HTTP {failure.problem.status}
          </p>
        )}
      </details>
    </div>
  )
}

/** A sentence, its addresses in the machine's type. */
function Words({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s,;)]*[^\s,;).])/).map((part, at) =>
    at % 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move.
      <code key={at} className="font-mono wrap-anywhere">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
