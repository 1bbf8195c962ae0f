import { useState } from 'react'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { MpcCard } from './mpc-card.tsx'
import { MpcRefusal } from './mpc-refusal.tsx'
import type { Work } from './mpc-work.ts'
import type { Wishes } from './use-mpc.ts'

const shapes = {
  '2 of 3': { threshold: 2, parties: ['device', 'server', 'recovery'] },
  '2 of 2': { threshold: 2, parties: ['device', 'server'] },
  '3 of 5': { threshold: 3, parties: ['device', 'server', 'recovery', 'hardware', 'partner'] },
} as const satisfies Record<string, Pick<Wishes, 'threshold' | 'parties'>>

type Shape = keyof typeof shapes

interface Props {
  username: string
  /** Whether there are keys already is not known yet. */
  waiting: boolean
  keys: readonly MpcKey[]
  work: Work | undefined
  busy: boolean
  onChoose: (keyId: string) => void
  onGenerate: (wishes: Wishes) => void
}

/** Before there is a key: what one is, and how to make it. */
export function MpcEmpty({ username, waiting, keys, work, busy, onChoose, onGenerate }: Props) {
  const [label, write] = useState('Treasury')
  const [suite, choose] = useState<Wishes['suite']>('ed25519')
  const [shape, share] = useState<Shape>('2 of 3')
  return (
    <div className="mx-auto max-w-[800px] py-2">
      <h2 className="text-balance text-center font-semibold text-[24px] leading-tight tracking-tight sm:text-[28px]">
        A key that nobody holds whole
      </h2>
      <p className="mx-auto mt-2 max-w-[56ch] text-center text-soft">
        Device, server and you each make a share. {shapes[shape].threshold === 2 ? 'Any two' : 'Any three'} sign
        together; one alone can do nothing, the server neither. The token of the Token tab is what lets {username} ask.
      </p>
      <div className="mt-5 grid grid-cols-3 gap-1.5 sm:gap-2.5">
        <MpcCard
          ghost
          icon="device"
          title="Device"
          text="This browser. Sealed by your passkey’s PRF output where it has one, else in this page’s memory."
          share="no share yet"
        />
        <MpcCard
          ghost
          icon="server"
          title="Server"
          text="The MPC server, another process with a database of its own."
          share="no share yet"
        />
        <MpcCard
          ghost
          icon="file"
          title="Recovery"
          text="A file and a QR code that you keep, for the day the device is lost."
          share="no share yet"
        />
      </div>
      <div className="mt-5 grid gap-4 border-line border-t pt-4 sm:grid-cols-3">
        <TextField
          id="mpc-label"
          label="Label"
          hint="for you"
          words
          value={label}
          maxLength={64}
          onChange={(event) => write(event.target.value)}
        />
        <Select
          id="mpc-suite"
          label="Suite"
          hint="what verifies it"
          value={suite}
          choices={[
            { value: 'ed25519', label: 'ed25519' },
            { value: 'schnorr-secp256k1', label: 'schnorr-secp256k1' },
          ]}
          onChoose={(value) => choose(value as Wishes['suite'])}
        />
        <Select
          id="mpc-shares"
          label="Shares"
          hint="how many sign"
          value={shape}
          choices={Object.keys(shapes).map((value) => ({ value, label: value }))}
          onChoose={(value) => share(value as Shape)}
        />
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button onClick={() => busy || onGenerate({ label: label.trim() || 'Treasury', suite, ...shapes[shape] })}>
          Generate key
        </Button>
        <output className="min-w-0 flex-1 basis-60 text-[13px] text-soft">
          {busy
            ? 'The parties make their shares.'
            : 'Two calls. ECDSA is not offered: no audited library with a free licence does it with a threshold, and a key is never put together to sign.'}
        </output>
      </div>
      {work?.refusal ? <MpcRefusal refusal={work.refusal} /> : null}
      {waiting || keys.length === 0 ? null : (
        <div className="mt-5 border-line border-t pt-4">
          <h3 className="font-semibold text-[13px]">Keys of {username}</h3>
          <ul className="mt-2 flex flex-wrap gap-2">
            {keys.map(({ id, label: name }) => (
              <li key={id}>
                <Button look="small" onClick={() => onChoose(id)}>
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
