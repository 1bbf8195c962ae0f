import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Whereabouts } from './device-shares.ts'
import { refusalOf } from './refusal-of.ts'

const shortest = 12

interface Props {
  share: Whereabouts
  /** What the passkey that sealed the share is called; undefined where it is the one that signed in. */
  sealedBy: string | undefined
  /** The server does not have that passkey any more. */
  gone: boolean
  /** What the passkey that signed in is called. */
  ownName: string
  busy: boolean
  onKeep: (passphrase: string) => Promise<void>
  onOpen: (passphrase: string) => Promise<void>
  onReseal: () => Promise<void>
}

/** What has to be done about the share of this browser, so that it lasts or opens; nothing where all is well. */
export function MpcDeviceShare({ share, sealedBy, gone, ownName, busy, onKeep, onOpen, onReseal }: Props) {
  if (share.where === 'memory')
    return (
      <WithPassphrase
        title="Keep this browser’s share"
        text="The passkey has no PRF output to seal it with, so it is in this page’s memory: a reload is a lost device. A passphrase seals it in this browser."
        button="Keep"
        fresh
        onGiven={onKeep}
      />
    )
  if (share.where === 'passphrase' && !share.open)
    return (
      <WithPassphrase
        title="Open this browser’s share"
        text="It is sealed under the passphrase that was given when it was kept. Sign and Refresh shares need it."
        button="Open"
        onGiven={onOpen}
      />
    )
  if (!sealedBy) return null
  return <Reseal sealedBy={sealedBy} gone={gone} ownName={ownName} onReseal={async () => busy || (await onReseal())} />
}

interface WithPassphraseProps {
  title: string
  text: string
  button: string
  /** It is a new one, and nobody can say it again. */
  fresh?: boolean
  onGiven: (passphrase: string) => Promise<void>
}

function WithPassphrase({ title, text, button, fresh = false, onGiven }: WithPassphraseProps) {
  const [passphrase, write] = useState('')
  const [error, say] = useState<string>()
  const [waiting, wait] = useState(false)
  async function give(event: FormEvent) {
    event.preventDefault()
    if (waiting) return
    if (fresh && [...passphrase].length < shortest) return say(`Write ${shortest} characters or more.`)
    if (!passphrase) return say('Write the passphrase.')
    wait(true)
    say(undefined)
    await onGiven(passphrase).catch((refused: unknown) => say(refusalOf(refused).detail))
    wait(false)
  }
  return (
    <section aria-label="Device share">
      <p className="font-semibold">{title}</p>
      <p className="mt-0.5 text-[13px] text-soft">{text}</p>
      <form className="mt-2 flex items-start gap-2" onSubmit={give}>
        <TextField
          id="mpc-passphrase"
          label="Passphrase"
          hint={fresh ? `${shortest} characters or more` : 'stays in this browser'}
          className="min-w-0 flex-1"
          type="password"
          autoComplete={fresh ? 'new-password' : 'current-password'}
          value={passphrase}
          error={error}
          onChange={(event) => write(event.target.value)}
        />
        <Button look="secondary" type="submit" className="mt-[26px]">
          {waiting ? 'One moment' : button}
        </Button>
      </form>
    </section>
  )
}

interface ResealProps extends Pick<Props, 'gone' | 'ownName'> {
  sealedBy: string
  onReseal: () => Promise<unknown>
}

function Reseal({ sealedBy, gone, ownName, onReseal }: ResealProps) {
  const [error, say] = useState<string>()
  return (
    <section aria-label="Device share">
      <p className="font-semibold">Another passkey opens this browser’s share</p>
      <p className="mt-0.5 text-[13px] text-soft">
        {gone
          ? `The passkey that sealed it, ${sealedBy}, is deleted at the server. Where your provider still has it, it still opens the share; otherwise the recovery file makes a new one.`
          : `“${sealedBy}” sealed it, and no other opens it. You signed in with “${ownName}”. Sign asks for both.`}
      </p>
      <Button
        look="small"
        className="mt-2"
        onClick={async () => {
          say(undefined)
          await onReseal().catch((refused: unknown) => say(refusalOf(refused).detail))
        }}
      >
        Seal it for “{ownName}”
      </Button>
      {error ? (
        <p role="alert" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
    </section>
  )
}
