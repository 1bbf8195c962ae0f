import { useState } from 'react'
import { type MpcKey, type RecoveryFile, recoveryQr } from '#lib/sdk/mpc/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { hex } from './hex.ts'

interface Props {
  keyOf: MpcKey
  recovery: RecoveryFile | undefined
  onNew: () => void
}

/** The key as everybody may know it, and once, what only its user may. */
export function MpcKeyRegion({ keyOf: key, recovery, onNew }: Props) {
  const publicKey = hex(key.publicKey)
  return (
    <section aria-label="Key">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">Key</h2>
        <span className="min-w-0 flex-1 truncate text-[13px] text-soft">{key.label}</span>
        <Badge>{key.suite}</Badge>
        <Badge>
          {key.threshold} of {key.parties.length}
        </Badge>
      </div>
      <dl className="mt-2 grid grid-cols-[74px_minmax(0,1fr)_auto] items-center gap-x-2.5 gap-y-1 text-[13px]">
        <Fact name="Public key" value={publicKey} testId="mpc-public-key" />
        <Fact name="Address" value={key.address} />
        <Fact name="Key ID" value={key.id} />
        <dt className="text-faint">Approval</dt>
        <dd className="col-span-2">{key.policy.approval === 'always' ? 'a passkey, each time' : 'none'}</dd>
      </dl>
      {recovery ? <Recovery key={recovery.share} file={recovery} /> : null}
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

function Recovery({ file }: { file: RecoveryFile }) {
  const [shown, show] = useState(false)
  const [saved, save] = useState(false)
  const text = JSON.stringify(file)
  return (
    <section
      aria-label="Recovery share"
      className={`mt-3 rounded-xl border px-3 py-2.5 ${saved ? 'border-line bg-sunk' : 'border-accent bg-accent-wash'}`}
    >
      <p className="font-semibold text-[15px]">
        {saved ? 'The recovery share is yours to keep' : 'Keep the recovery share now'}
      </p>
      <p className="text-[13px] text-soft">It is shown once. Without it a lost device is a lost key.</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <a
          className="inline-flex items-center rounded-lg border border-accent bg-accent px-3 py-1 font-medium text-[13px] text-accent-ink leading-5 hover:brightness-110"
          download={`recovery-${file.keyId}.json`}
          href={`data:application/json,${encodeURIComponent(text)}`}
          onClick={() => save(true)}
        >
          Download
        </a>
        <Button look="small" aria-expanded={shown} onClick={() => show(!shown)}>
          QR code
        </Button>
      </div>
      {shown ? <Qr file={file} /> : null}
    </section>
  )
}

function Qr({ file }: { file: RecoveryFile }) {
  const rows = recoveryQr(file)
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      role="img"
      aria-label="QR code of the recovery share"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      className="mt-3 w-full rounded-lg bg-[#fff]"
    >
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
