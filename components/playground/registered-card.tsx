import type { Passkey } from '#lib/contract/passkeys.ts'
import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import type { Run } from './run.ts'

/** What was made, in four facts: where it is kept, whether it leaves its device, who was asked, how it signs. */
export function RegisteredCard({ run, passkey }: { run: Run; passkey: Passkey }) {
  const { provider, deviceType, backedUp, algorithm } = passkey
  const verified = userVerified(run)
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 border-line border-b px-4 py-3 text-[13px] sm:grid-cols-4 sm:px-5">
      {run.software === undefined ? (
        <Fact term="Provider" note={provider ? undefined : 'it does not say what it is'}>
          {provider ?? 'Unknown'}
        </Fact>
      ) : (
        <Fact term="Provider" note="in software, no real one">
          {run.software}
        </Fact>
      )}
      <Fact term="Kept" note={backedUp ? 'backed up' : 'not backed up'}>
        {deviceType === 'multiDevice' ? 'Synced' : 'Device-bound'}
      </Fact>
      <Fact
        term="Person"
        note={
          run.software !== undefined
            ? 'as it was set to say'
            : verified
              ? 'by PIN, finger or face'
              : verified === false
                ? 'only there'
                : undefined
        }
      >
        {verified === undefined ? 'Not told' : verified ? 'Verified' : 'Not verified'}
      </Fact>
      <Fact term="Algorithm" note={`COSE ${algorithm}`}>
        {algorithmName(algorithm)}
      </Fact>
    </dl>
  )
}

function Fact({ term, note, children }: { term: string; note: string | undefined; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint">{term}</dt>
      <dd className="font-semibold text-[14px] wrap-anywhere">{children}</dd>
      {note ? <dd className="text-faint">{note}</dd> : null}
    </div>
  )
}

/**
 * The UV flag of what the authenticator signed; undefined where the credential brought no authenticator data of its own.
 *
 * @see https://www.w3.org/TR/webauthn-3/#authdata-flags
 */
function userVerified({ messages }: Run): boolean | undefined {
  const credential = messages.find(({ id }) => id === 'credential')?.body as
    | { response?: { authenticatorData?: unknown } }
    | undefined
  const data = credential?.response?.authenticatorData
  const flags = typeof data === 'string' ? fromBase64url(data)?.[32] : undefined
  return flags === undefined ? undefined : (flags & 0b100) !== 0
}
