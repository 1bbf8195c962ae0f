import type { MpcKey, RecoveryFile } from '#lib/sdk/mpc/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { hex } from './hex.ts'
import { MpcRecovery } from './mpc-recovery.tsx'

interface Props {
  keyOf: MpcKey
  /** Of the other user-held parties, as long as this page knows them. */
  files: readonly RecoveryFile[]
  /** Every file is put away. */
  onKept: () => void
  onNew: () => void
}

/** The key as everybody may know it, and once, what only its user may. */
export function MpcKeyRegion({ keyOf: key, files, onKept, onNew }: Props) {
  const publicKey = hex(key.publicKey)
  return (
    <section aria-label="Key">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">Key</h2>
        <span className="min-w-0 flex-1 truncate text-[13px] text-soft">{key.label}</span>
        <Badge>
          <span className="normal-case">{key.suite}</span>
        </Badge>
        <Badge>
          <span className="normal-case">
            {key.threshold} of {key.parties.length}
          </span>
        </Badge>
      </div>
      <dl className="mt-2 grid grid-cols-[74px_minmax(0,1fr)_auto] items-center gap-x-2.5 gap-y-1 text-[13px]">
        <Fact name="Public key" value={publicKey} testId="mpc-public-key" />
        <Fact name="Address" value={key.address} />
        <Fact name="Key ID" value={key.id} />
        <dt className="text-faint">Approval</dt>
        <dd className="col-span-2">{key.policy.approval === 'always' ? 'a passkey, each time' : 'none'}</dd>
      </dl>
      {files[0] ? <MpcRecovery key={files[0].share} files={files} onKept={onKept} /> : null}
      <Button look="quiet" className="mt-2" onClick={onNew}>
        Make another key
      </Button>
    </section>
  )
}

function Fact({ name, value, testId }: { name: string; value: string; testId?: string }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd data-testid={testId} className="truncate font-mono text-[12.5px]" title={value}>
        {value}
      </dd>
      <dd>
        <CopyButton small text={value} label={`Copy ${name.toLowerCase()}`} />
      </dd>
    </>
  )
}
