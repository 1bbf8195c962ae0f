import type { Action } from '#lib/contract/action.ts'
import { changeWords } from '#lib/sdk/mpc/change-words.ts'

/** What is to be approved: the app's own words, and what binds. */
export function ActionCard({
  action: { type, keyId, messageHash, change, display },
  app,
}: {
  action: Action
  app: string
}) {
  return (
    <div className="mt-5 overflow-hidden rounded-xl border border-line">
      {display ? (
        <section aria-label={`In the words of ${app}`} className="bg-sunk px-4 py-3">
          <p className="text-[13px] text-soft wrap-anywhere">In the words of {app}</p>
          <p className="mt-1 text-pretty font-semibold text-[17px] leading-snug wrap-anywhere">{display.title}</p>
          {display.lines?.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines may be the same, and stay where they are
            <p key={at} className="mt-1 text-[14px] wrap-anywhere">
              {line}
            </p>
          ))}
        </section>
      ) : null}
      <dl className="grid gap-2 px-4 py-3 text-[13px]">
        {change ? (
          <div>
            <dt className="text-soft">From then on</dt>
            {changeWords(change).map((sentence) => (
              <dd key={sentence} className="text-[14px]">
                {sentence}
              </dd>
            ))}
          </div>
        ) : null}
        <div>
          <dt className="text-soft">Key</dt>
          <dd className="font-mono wrap-anywhere">{keyId}</dd>
        </div>
        {messageHash ? (
          <div>
            <dt className="text-soft">
              {type === 'mpc.sign' ? 'SHA-256 of what is signed' : 'SHA-256 of what is changed'}
            </dt>
            <dd className="font-mono wrap-anywhere">{messageHash}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
