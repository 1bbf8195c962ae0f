import { useState } from 'react'
import { type RecoveryFile, recoveryQr } from '#lib/sdk/mpc/index.ts'
import { Button } from '../../ui/button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'

/** The shares that this page does not keep, to be put away now: the recovery file first, as a file or a QR code. */
export function MpcRecovery({ files, onKept }: { files: readonly RecoveryFile[]; onKept: () => void }) {
  const [shown, show] = useState(false)
  const [saved, save] = useState<readonly string[]>([])
  const done = saved.length === files.length
  const recovery = files.find(({ party }) => party === 'recovery')
  const only = files.length === 1
  function keep(party: string) {
    const all = [...saved.filter((one) => one !== party), party]
    save(all)
    if (all.length === files.length) onKept()
  }
  return (
    <section
      aria-label="Recovery share"
      className={`mt-3 rounded-xl border px-3 py-2.5 ${done ? 'border-line bg-sunk' : 'border-accent bg-accent-wash'}`}
    >
      <p className="font-semibold text-[15px]">
        {done
          ? `The ${only ? 'recovery share is' : 'files are'} yours to keep`
          : `Keep the ${only ? 'recovery share' : 'files'} now`}
      </p>
      <p className="text-[13px] text-soft">
        {only
          ? 'It is shown once. Without it a lost device is a lost key.'
          : 'They are shown once, each for a place of its own. Three shares sign: with every signature one of these goes along.'}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {files.map((file) => (
          <a
            key={file.party}
            className={
              saved.includes(file.party)
                ? 'inline-flex items-center rounded-lg border border-line-strong bg-card px-3 py-1 font-medium text-[13px] leading-5 hover:bg-sunk'
                : 'inline-flex items-center rounded-lg border border-accent bg-accent px-3 py-1 font-medium text-[13px] text-accent-ink leading-5 hover:brightness-110'
            }
            download={`${file.party}-${file.keyId}.json`}
            href={`data:application/json,${encodeURIComponent(JSON.stringify(file))}`}
            onClick={() => keep(file.party)}
          >
            Download{only ? '' : ` ${file.party}`}
          </a>
        ))}
        {recovery ? (
          <Button look="small" aria-expanded={shown} onClick={() => show(!shown)}>
            QR code
          </Button>
        ) : null}
      </div>
      {shown && recovery ? (
        <div className="mt-3">
          <QrCode rows={recoveryQr(recovery)} label="QR code of the recovery share" />
        </div>
      ) : null}
    </section>
  )
}
