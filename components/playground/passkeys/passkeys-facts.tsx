import type { Passkey } from '#lib/contract/passkeys.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Time } from '../../ui/time.tsx'

/** When a passkey was made and used, how often as far as it counts, and its ID. */
export function PasskeysFacts({ passkey }: { passkey: Passkey }) {
  const { createdAt, lastUsedAt, signCount, credentialId, name } = passkey
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2.5 border-line border-t pt-3 text-[13px] @2xl:grid-cols-[7rem_7rem_9rem_minmax(0,1fr)]">
      <Fact term="Created">
        <Time iso={createdAt} />
      </Fact>
      <Fact term="Last used">{lastUsedAt ? <Time iso={lastUsedAt} /> : 'not yet'}</Fact>
      <Fact term="Sign count">
        <span className="font-mono tabular-nums">{signCount}</span>
        {signCount === 0 && <span className="text-faint"> it does not count</span>}
      </Fact>
      <Fact term="Credential ID">
        <span className="flex min-w-0 items-center gap-1">
          <code className="truncate font-mono">{credentialId}</code>
          <CopyButton small text={credentialId} label={`Copy credential ID of ${name}`} />
        </span>
      </Fact>
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint">{term}</dt>
      <dd className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-1">{children}</dd>
    </div>
  )
}
