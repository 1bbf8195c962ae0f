import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import type { SoftwareAuthenticator } from './answering.ts'
import { SoftwareForm } from './software-form.tsx'
import { SoftwarePasskeys } from './software-passkeys.tsx'

interface Props {
  authenticator: SoftwareAuthenticator
  /** What it is called, as no other of them is. */
  name: string
  /** Its settings are on show. */
  open: boolean
  onToggle: () => void
  onRemove: () => void
}

/** One authenticator: what it is in a line, its settings behind a button, and its passkeys. */
export function SoftwareCard({ authenticator, name, open, onToggle, onRemove }: Props) {
  const card = useRef<HTMLLIElement>(null)
  const { id, settings, web } = authenticator
  const { attachment, synced, verifiesUsers, refuses, delay, tamper } = settings
  const facts = [
    attachment === 'platform' ? 'platform' : 'roaming',
    synced ? 'synced' : 'device-bound',
    ...(verifiesUsers ? [] : ['verifies nobody']),
    ...(refuses ? ['says no'] : []),
    ...(delay ? [`after ${delay} ms`] : []),
    ...(tamper ? ['tampers next'] : []),
  ]
  return (
    <li ref={card} tabIndex={-1} className="rounded-card border border-line outline-none">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
        <h3 className="min-w-0 font-semibold wrap-anywhere">{name}</h3>
        <p className="min-w-0 flex-1 basis-40 text-[13px] text-soft">{facts.join(' · ')}</p>
        <Button look="small" aria-expanded={open} onClick={onToggle}>
          Settings<span className="sr-only"> of {name}</span>
        </Button>
        <Button look="small" onClick={onRemove}>
          Remove<span className="sr-only"> {name}</span>
        </Button>
      </div>
      {open ? <SoftwareForm id={id} settings={settings} /> : null}
      <SoftwarePasskeys
        id={id}
        credentials={[...web.credentials.values()]}
        // The button that has the focus goes with its passkey.
        onForget={() => card.current?.focus()}
      />
    </li>
  )
}
