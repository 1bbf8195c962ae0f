import { useEffect, useRef, useState } from 'react'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { MpcCard } from './mpc-card.tsx'
import { MpcMessageLine } from './mpc-message-line.tsx'
import { MpcRefusal } from './mpc-refusal.tsx'
import { columns, MpcRounds } from './mpc-rounds.tsx'
import type { Work } from './mpc-work.ts'
import type { Line } from './round-lines.ts'
import type { Wishes } from './use-mpc.ts'

const shapes = {
  '2 of 3': { threshold: 2, parties: ['device', 'server', 'recovery'] },
  '2 of 2': { threshold: 2, parties: ['device', 'server'] },
  '3 of 5': { threshold: 3, parties: ['device', 'server', 'recovery', 'hardware', 'partner'] },
} as const satisfies Record<string, Pick<Wishes, 'threshold' | 'parties'>>

type Shape = keyof typeof shapes

const shapeNames = Object.keys(shapes) as Shape[]
const suites = ['ed25519', 'schnorr-secp256k1'] as const satisfies readonly Wishes['suite'][]

const whoSigns: Record<Shape, string> = {
  '2 of 3':
    'Device, server and you each make a share. Any two sign together; one alone can do nothing, the server neither.',
  '2 of 2':
    'Device and server each make a share. Only both sign together; one alone can do nothing, the server neither.',
  '3 of 5': 'Device, server and three of your choice each make a share. Any three sign together; two can do nothing.',
}

interface Props {
  username: string
  /** Whether there are keys already is not known yet. */
  waiting: boolean
  keys: readonly MpcKey[]
  work: Work | undefined
  busy: boolean
  /** Another key is wanted: the focus goes to its label. */
  wanted: boolean
  onChoose: (keyId: string) => void
  onGenerate: (wishes: Wishes) => void
  onCancel: () => void
  onToken: () => void
}

/** Before there is a key: what one is, and how to make it. */
export function MpcEmpty({ username, waiting, keys, work, busy, wanted, ...on }: Props) {
  const [label, write] = useState('Treasury')
  const [suite, choose] = useState<Wishes['suite']>('ed25519')
  const [shape, share] = useState<Shape>('2 of 3')
  const field = useRef<HTMLInputElement>(null)
  const maker = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (wanted) field.current?.select()
  }, [wanted])
  const alone = shape === '2 of 2'
  const generate = () => busy || on.onGenerate({ label: label.trim() || 'Treasury', suite, ...shapes[shape] })
  return (
    <div className="mx-auto max-w-[800px] py-2">
      <h2 className="text-balance text-center font-semibold text-[24px] leading-tight tracking-tight sm:text-[28px]">
        A key that nobody holds whole
      </h2>
      <p className="mx-auto mt-2 max-w-[56ch] text-center text-soft">
        {whoSigns[shape]} The token of the Token tab is what lets {username} ask.
      </p>
      <div className="mt-5 grid grid-cols-3 gap-1.5 sm:gap-2.5">
        <MpcCard
          ghost
          icon="device"
          title="Device"
          text="This browser. Sealed by your passkey’s PRF output where it has one."
          share="no share yet"
        />
        <div className="grid max-xl:order-3">
          <MpcCard
            ghost
            icon="server"
            title="Server"
            text="The MPC server, another process with a database of its own."
            share="no share yet"
          />
        </div>
        <div className="grid max-xl:order-2">
          <MpcCard
            ghost
            icon="file"
            title={shape === '3 of 5' ? 'Recovery and others' : 'Recovery'}
            text={
              alone
                ? 'Nobody: with two of two a lost device is a lost key.'
                : shape === '3 of 5'
                  ? 'Files for recovery, hardware and a partner, which you hand out.'
                  : 'A file and a QR code that you keep, for the day the device is lost.'
            }
            share={alone ? 'no share' : 'no share yet'}
          />
        </div>
      </div>
      {work?.took === undefined && work ? (
        <MpcRounds work={work} username={username} />
      ) : (
        <ol aria-label="What will happen" className={`${columns} pt-1.5 pb-2`}>
          {preview
            .filter(({ party }) => !alone || party === 'server')
            .map((line) => (
              <MpcMessageLine key={line.id} line={line} />
            ))}
        </ol>
      )}
      <div className="grid gap-4 border-line border-t pt-4 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-[minmax(0,1fr)_auto_auto]">
        <TextField
          ref={field}
          id="mpc-label"
          label="Label"
          hint="for you"
          words
          value={label}
          maxLength={64}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && generate()}
        />
        <Segments
          wide
          label="Suite"
          name="mpc-suite"
          hint="what verifies it"
          choices={suites}
          selected={suite}
          onSelect={choose}
        />
        <Segments
          wide
          label="Shares"
          name="mpc-shares"
          hint="how many sign"
          choices={shapeNames}
          selected={shape}
          onSelect={share}
        />
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button ref={maker} onClick={generate}>
          Generate key
        </Button>
        {busy ? (
          <>
            <output className="min-w-0 flex-1 text-[13px] text-soft">
              {work?.rounds.length
                ? 'The parties make their shares.'
                : `${username}’s passkey may ask: what its PRF gives will seal the share of this browser.`}
            </output>
            <Button
              look="small"
              onClick={() => {
                on.onCancel()
                maker.current?.focus()
              }}
            >
              Cancel
            </Button>
          </>
        ) : (
          <details className="min-w-0 flex-1 basis-60 text-[13px] text-soft">
            <summary className="w-max max-w-full cursor-pointer">
              Two calls. ECDSA is not offered: <span className="font-medium text-accent">why</span>
            </summary>
            <p className="mt-1">
              No audited library with a free licence signs ECDSA with a threshold, and a key is never put together to
              sign.
            </p>
          </details>
        )}
      </div>
      {work?.refusal ? <MpcRefusal refusal={work.refusal} onAgain={generate} onToken={on.onToken} /> : null}
      {waiting || keys.length === 0 ? null : (
        <div className="mt-5 border-line border-t pt-4">
          <h3 className="font-semibold text-[13px]">Keys of {username}</h3>
          <ul className="mt-2 flex flex-wrap gap-2">
            {keys.map(({ id, label: name }) => (
              <li key={id}>
                <Button look="small" onClick={() => on.onChoose(id)}>
                  {name || id}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

const later = { note: '', state: 'later' } as const

const preview: readonly Line[] = [
  { id: 'out', label: 'commitments, pieces', direction: 'sent', party: 'server', inside: false, ...later },
  { id: 'back', label: 'two rounds', direction: 'received', party: 'server', inside: false, ...later },
  { id: 'file', label: 'pieces for your file', direction: 'sent', party: 'recovery', inside: true, ...later },
]
