import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { decodeClientData } from '#lib/webauthn/decode/client-data.ts'
import { ChecksFailure } from '../checks/checks-failure.tsx'
import { checksOf } from '../checks/checks-of.ts'
import { ChecksRow } from '../checks/checks-row.tsx'
import type { Run } from '../run.ts'
import { seconds } from '../seconds.ts'
import type { State } from '../state.ts'

/** The members of the client data that say where the page was. */
const members = ['type', 'origin', 'crossOrigin', 'topOrigin'] as const
const checks = ['origin', 'cross-origin', 'top-origin']

/** What came of a ceremony in a frame: why it was refused, what the browser wrote, and what the server made of it. */
export function FramedAnswer({ run, told }: { run: Run; told: State['notice'] }) {
  const clientData = clientDataOf(run)
  const judged = checksOf(run)?.filter(({ id }) => checks.includes(id)) ?? []
  return (
    <section aria-label="Answer" className="@container space-y-4">
      {run.failure ? (
        <ChecksFailure failure={run.failure} />
      ) : (
        <p className="font-semibold text-ok">
          {run.kind === 'registration' ? 'The server keeps the passkey.' : 'The passkey signed in.'} It took{' '}
          {seconds(run.took ?? 0)}.
        </p>
      )}
      {/* Of the passkey that was made all the same. */}
      <p aria-live="polite" className="text-[14px] text-soft wrap-anywhere">
        {told ? (
          <>
            <span className="font-semibold text-ink">{told.title}</span> {told.note}
          </>
        ) : null}
      </p>
      {clientData ? (
        <div>
          <h2 className="font-semibold text-[15px]">
            Client data <span className="font-normal text-[13px] text-faint">what the browser wrote</span>
          </h2>
          <dl data-testid="client-data" className="mt-1.5 divide-y divide-line border-line border-y text-[13px]">
            {members.map((name) => (
              <div key={name} className="flex flex-wrap gap-x-3 py-1.5 font-mono">
                <dt className="w-28 text-soft">{name}</dt>
                <dd className={`min-w-0 wrap-anywhere ${clientData[name] === undefined ? 'text-faint' : ''}`}>
                  {clientData[name] === undefined ? 'absent' : JSON.stringify(clientData[name])}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ) : null}
      {judged.length ? (
        <div>
          <h2 className="font-semibold text-[15px]">
            Checks <span className="font-normal text-[13px] text-faint">what the server made of it</span>
          </h2>
          <ul
            aria-label="Checks of the frame"
            className="mt-1.5 grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-3 border-line border-y @2xl:grid-cols-[16px_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
          >
            {judged.map((check) => (
              <ChecksRow key={check.id} check={check} />
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  )
}

function clientDataOf({ messages }: Run): Record<string, unknown> | undefined {
  const credential = messages.find(({ id }) => id === 'credential')?.body as
    | { response?: { clientDataJSON?: string } }
    | undefined
  const bytes = fromBase64url(credential?.response?.clientDataJSON ?? '')
  return bytes?.length ? (decodeClientData(bytes).value as Record<string, unknown> | undefined) : undefined
}
