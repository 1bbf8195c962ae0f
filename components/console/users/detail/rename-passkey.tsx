import { type FormEvent, useEffect, useState } from 'react'
import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ChangeError } from '../../change-error.tsx'
import { useChange } from '../../use-change.ts'

interface Props {
  user: ConsoleUserDetail
  /** Undefined: the dialogue is closed. */
  passkey: Passkey | undefined
  onClose: () => void
  onChanged: () => Promise<void>
}

/** Gives a passkey another name, which the user sees too. */
export function RenamePasskey({ user: { id, username, environment }, passkey, onClose, onChanged }: Props) {
  const { run, busy, confirming, error, clear, cancel } = useChange()
  const [name, setName] = useState('')
  useEffect(() => setName(passkey?.name ?? ''), [passkey])

  function close() {
    if (confirming) return cancel()
    if (busy) return
    clear()
    onClose()
  }

  function rename(event: FormEvent) {
    event.preventDefault()
    if (!passkey) return
    void run(
      async (api) => {
        await api.users.renamePasskey(id, passkey.id, name)
        await onChanged()
        onClose()
      },
      environment === 'live' && 'fresh',
    )
  }

  return (
    <Dialog
      open={Boolean(passkey)}
      onClose={close}
      title={`Rename ${passkey?.name ?? ''}`}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form="rename-passkey">
            {confirming ? 'Waiting for your passkey' : busy ? 'Working' : 'Rename'}
          </Button>
        </>
      }
    >
      <form id="rename-passkey" onSubmit={rename}>
        <TextField
          id="passkey-name"
          label="Name"
          hint={`${username} sees it, too`}
          words
          maxLength={64}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
      <ChangeError error={error} className="mt-4" />
    </Dialog>
  )
}
