import type { ReactNode } from 'react'
import { errorEntries } from '#lib/contract/error-entries.ts'
import { type ErrorCode, errors } from '#lib/contract/errors.ts'
import { operationsThatAnswer } from '#lib/contract/operation-errors.ts'
import { smallLink } from '../ui/button.tsx'
import { HowOften } from './how-often.tsx'
import { anchorOf } from './reference/anchor-of.ts'

/** What is said of an error code, from the table that the server answers from: below the heading that is its name. */
export function Entry({ code }: { code: ErrorCode }) {
  const { meaning, causes } = errorEntries[code]
  return (
    <>
      <p className="mt-1.5 flex flex-wrap items-center gap-2">
        {statusesOf(code).map((status) => (
          <span
            key={status}
            className="rounded-full bg-bad-wash px-2.5 py-1 font-semibold text-[13px] text-bad leading-none"
          >
            {status}
          </span>
        ))}
        <span className="text-[14px] text-soft">{errors[code].title}</span>
      </p>
      <p className="mt-2 text-[16px] text-soft leading-normal">{worded(meaning)}</p>
      {operationsThatAnswer(code).length > 0 ? <HowOften code={code} /> : null}
      <h3 className="mt-5 font-semibold text-[16px] tracking-[-.01em]">
        {causes.length > 1 ? 'Causes, the likeliest first' : 'Cause'}
      </h3>
      <ol className="mt-2 border-line border-t">
        {causes.map(({ because, help, link }, at) => (
          <li
            key={because}
            className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 border-line border-b py-2.75 sm:grid-cols-[24px_minmax(0,1fr)_auto]"
          >
            <span className="text-right font-semibold text-faint tabular-nums">{at + 1}</span>
            <div>
              <b className="font-semibold">{worded(because)}</b>
              <p className="text-[14px] text-soft leading-normal">{worded(help)}</p>
            </div>
            {link ? (
              <a
                href={link[1]}
                className={`self-start max-sm:col-start-2 max-sm:mt-2 max-sm:justify-self-start ${smallLink}`}
              >
                {link[0]}
              </a>
            ) : null}
          </li>
        ))}
      </ol>
      <Answering code={code} />
    </>
  )
}

/** Which operations answer with it, where those are few. */
function Answering({ code }: { code: ErrorCode }) {
  const answering = operationsThatAnswer(code)
  if (answering === 'every') return <p className="mt-3 text-[14px] text-soft">Any call may be answered with it.</p>
  if (answering.length === 0)
    return (
      <p className="mt-3 text-[14px] text-soft">
        Only this server’s own pages are answered with it, and say so: there is no code to write for it.
      </p>
    )
  return (
    <p className="mt-3 text-[14px] text-soft">
      Answered by{' '}
      {answering.map((operation, at) => (
        <span key={operation}>
          {at > 0 ? ', ' : ''}
          <a
            href={`/docs/reference#${anchorOf(operation)}`}
            className="font-mono text-[12.5px] text-accent hover:underline"
          >
            {operation}
          </a>
        </span>
      ))}
      .
    </p>
  )
}

function statusesOf(code: ErrorCode): string[] {
  return code === 'verification_failed'
    ? ['401 when signing in', '400 when registering']
    : [String(errors[code].status)]
}

/** Text with what stands between backticks as code. */
export function worded(text: string): ReactNode {
  return text.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text stay where they are.
      <code key={at} className="rounded-sm bg-sunk px-1 py-px font-mono text-[.92em]">
        {part}
      </code>
    ),
  )
}
