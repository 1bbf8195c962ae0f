import { FailureHelp } from '../failure/failure-help.tsx'
import type { Failure } from '../run.ts'

export { FailureHelp } from '../failure/failure-help.tsx'

/**
 * Why it did not work, for a person: what happened, why, what to do, with a button for what the page can do. The original
 * message is one click away. What a person ended is grey.
 */
export function ChecksFailure({ failure }: { failure: Failure }) {
  const { calm, what, why, causes = [], todo, help = [], code, raw, problem } = failure
  return (
    <div className={`rounded-xl border px-4 py-3.5 ${calm ? 'border-line-strong bg-sunk' : 'border-bad bg-bad-wash'}`}>
      <p className={`font-semibold ${calm ? '' : 'text-bad'}`}>{what}</p>
      <p className="mt-0.5 text-[14px]">
        <Words text={why} />
      </p>
      {causes.length ? (
        <ol aria-label="Reasons" className="mt-2.5 divide-y divide-line-strong border-line-strong border-y text-[14px]">
          {causes.map((cause, index) => (
            <li key={cause.why} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2">
              <span aria-hidden="true" className="w-4 font-semibold text-[13px] text-soft tabular-nums">
                {index + 1}
              </span>
              <p className="min-w-0 flex-1 basis-60">
                <Words text={cause.why} />
              </p>
              {cause.help ? <FailureHelp help={[cause.help]} className="max-sm:w-full max-sm:pl-7" /> : null}
            </li>
          ))}
        </ol>
      ) : null}
      <p className="mt-1.5 text-[14px]">
        <span className="font-semibold">What to do: </span>
        <Words text={todo} />
      </p>
      <FailureHelp help={help} className="mt-2.5" />
      <details className="mt-2 text-[13px]">
        <summary className="w-fit cursor-pointer text-soft hover:text-ink">
          Original message <code className="font-mono">{code}</code>
        </summary>
        <pre className="mt-1.5 whitespace-pre-wrap font-mono text-[12.5px] wrap-anywhere">{raw}</pre>
        {problem && (
          <p className="mt-1 text-soft">
            Request{' '}
            <a
              href={`/console/logs?request=${encodeURIComponent(problem.requestId)}`}
              target="_blank"
              rel="noreferrer"
              title="Open it in the Console’s logs, in a new tab"
              className="font-mono underline underline-offset-2 hover:text-ink"
            >
              {problem.requestId}
            </a>
            , HTTP {problem.status}.{' '}
            <a
              href={`/docs/errors#${problem.code}`}
              target="_blank"
              rel="noreferrer"
              className="underline underline-offset-2 hover:text-ink"
            >
              Documentation
            </a>
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
