import encodeQR from 'qr'
import { type ReactNode, useState } from 'react'
import { handOffSeconds } from '#lib/contract/hand-off-life.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { useNow } from '../../ui/use-now.ts'
import { type Choices, countSet } from '../options/option-values.ts'
import { nearestPreset, presets } from '../options/presets.ts'
import { handedWith } from './handed-choices.ts'
import { outOfReach } from './out-of-reach.ts'
import { useMadeCode } from './use-made-code.ts'

/** What is handed on. */
export interface Handing {
  apiKey: string
  tenantName: string
  username: string
  choices: Choices
}

/** A QR code for one phone in the room, good for five minutes: what it carries, how long it lasts, and that it was taken. */
export function HandOffDialog({ apiKey, tenantName, username, choices, onClose }: Handing & { onClose: () => void }) {
  const [begins] = useState(() => handedWith(username, choices))
  const [code, again] = useMadeCode(apiKey, begins)
  const made = 'made' in code ? code.made : undefined
  const now = useNow(1_000, code.status === 'open') ?? Date.now()
  const left = 'madeAt' in code ? Math.max(0, Math.ceil(handOffSeconds - (now - code.madeAt) / 1000)) : 0
  const open = code.status === 'open' && left > 0
  const reach = made && outOfReach(made.url)
  const { preset, changed } = nearestPreset(choices)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="A code for one phone in the room"
      actions={
        <Button look={open || code.status === 'making' ? 'secondary' : 'primary'} onClick={again}>
          New code
        </Button>
      }
    >
      <div className="grid gap-5 sm:grid-cols-[minmax(0,340px)_minmax(0,1fr)]">
        <div className="grid aspect-square place-items-center rounded-xl border border-line bg-sunk p-3 text-center">
          {made && open ? (
            <QrCode
              rows={encodeQR(made.url, 'raw', { ecc: 'medium', border: 4 })}
              label="QR code that opens this page on a phone"
            />
          ) : (
            <Instead code={code} />
          )}
        </div>
        <div className="space-y-3 text-[14px]">
          <p aria-live="polite" className="font-semibold text-[17px]">
            {titleOf(code.status, open)}
          </p>
          {open ? (
            <p className="text-soft">
              Good for one phone, for{' '}
              <span role="timer" className="whitespace-nowrap font-mono text-ink tabular-nums">
                {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
              </span>{' '}
              more. Scan it with the camera: it opens this page with what stands below. A new code ends this one.
            </p>
          ) : null}
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 gap-y-1.5 border-line border-t pt-3 text-[13px]">
            <Row term="Tenant">{tenantName}</Row>
            <Row term="Username">{begins.username ?? 'to be entered there'}</Row>
            <Row term="Options">
              {presets.find(({ value }) => value === preset)?.label ?? `${countSet(choices)} set`}
              {preset && changed ? ', changed' : ''}
            </Row>
            <Row term="Key">
              a test key of its own, that registers and signs in for an hour, within the limits of yours. Yours stays
              here.
            </Row>
          </dl>
          {open && reach ? (
            <Notice tone="warn" title={reach.title}>
              {reach.why}
            </Notice>
          ) : null}
          {made && open ? (
            <CopyButton text={made.url} label="Copy the code’s address" shown="Copy the code’s address" />
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

type Code = ReturnType<typeof useMadeCode>[0]

/** What stands in the place of a code that is not there, or good no more. */
function Instead({ code }: { code: Code }) {
  if (code.status === 'making') return <p className="text-[14px] text-soft">The server makes a code.</p>
  if (code.status === 'failed') {
    const { what, why, todo } = code.failure
    return (
      <p className="text-[14px]">
        <span className="block font-semibold text-bad">{what}</span> {why} {todo}
      </p>
    )
  }
  return code.status === 'taken' ? (
    <p className="space-y-2 text-[14px] text-soft">
      <Icon name="check" className="mx-auto block size-16 text-ok" />
      <span className="block">This code opens nothing any more. The next phone needs one of its own.</span>
    </p>
  ) : (
    <p className="text-[14px] text-soft">
      {code.status === 'ended'
        ? 'The key that it was made with works no more.'
        : 'A code lasts five minutes. Make another when the phone is at hand.'}
    </p>
  )
}

function titleOf(status: Code['status'], open: boolean): string {
  if (status === 'making') return 'One moment'
  if (status === 'failed') return 'There is no code'
  if (status === 'taken') return 'A phone has taken it'
  return open ? 'Ready to be scanned' : 'This code is over'
}
