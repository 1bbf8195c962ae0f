'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Time } from '../../ui/time.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { useChange } from '../use-change.ts'
import { TypeBadge } from './key-badges.tsx'

interface Props {
  item: ConsoleKey
  open: boolean
  onClose: () => void
  /** The key works no more, and the dialogue is closed: the focus may go where it belongs now. */
  onRevoked: () => Promise<void> | void
}

/** Asks for the key's name before it is revoked, and says what will break. */
export function RevokeDialog({ item, open, onClose, onRevoked }: Props) {
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState(false)
  const change = useChange()
  const form = useId()
  const field = useRef<HTMLInputElement>(null)

  function close() {
    if (change.confirming) return change.cancel()
    if (change.busy) return
    setTyped('')
    setMissing(false)
    change.clear()
    onClose()
  }

  async function revoke(event: FormEvent) {
    event.preventDefault()
    if (typed.trim() !== item.name) {
      setMissing(true)
      field.current?.focus()
      return
    }
    const revoked = await change.run((api) => api.keys.revoke(item.id), item.type === 'live' && 'fresh')
    if (!revoked) return
    setTyped('')
    onClose()
    await onRevoked()
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title={`Revoke “${item.name}”?`}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Keep it
          </Button>
          <button
            type="submit"
            form={form}
            className="inline-flex cursor-pointer items-center justify-center rounded-field border border-bad bg-bad px-4 py-[10px] font-semibold text-[15px] text-card leading-5 transition-colors hover:brightness-110"
          >
            {busyWords(change, 'Revoke key', 'Revoking')}
          </button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={revoke} className="space-y-4">
        <div>
          <p className="flex flex-wrap items-center gap-2">
            <TypeBadge type={item.type} />
            <code className="font-mono text-[13px] text-soft wrap-anywhere">{item.hint}</code>
          </p>
          <p className="mt-2.5">{whatBreaks(item)}</p>
          {item.lastUsedAt ? (
            <p className="mt-1 font-semibold">
              It was last used <Time iso={item.lastUsedAt} />.
            </p>
          ) : null}
        </div>
        <TextField
          ref={field}
          id="revoke-name"
          label="Type the key’s name to confirm"
          note={
            <>
              Its name is <b className="select-all font-semibold text-ink">{item.name}</b>
            </>
          }
          words
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={missing && typed.trim() !== item.name ? 'This is not the name of the key.' : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <ChangeError error={change.error} />
      </form>
    </Dialog>
  )
}

function whatBreaks({ activity, lastUsedAt, expiresAt, status }: ConsoleKey): string {
  const requests = activity.days.reduce((sum, each) => sum + each, 0)
  if (status !== 'active' || (expiresAt && Date.parse(expiresAt) <= Date.now()))
    return 'It works no more already. Revoked, it stays so.'
  if (!lastUsedAt) return 'It was never used. From the next request on it is refused, for good.'
  const lately = requests
    ? `${requests.toLocaleString('en')} ${requests === 1 ? 'request was' : 'requests were'} made with it in the last 14 days. `
    : 'No request was made with it in the last 14 days. '
  return `${lately}Whatever still uses it is refused from its next request on, for good.`
}
