import { type FormEvent, useEffect, useState } from 'react'
import type { AccountPasskey } from '#lib/contract/oauth.ts'
import { account } from '#lib/sdk/interaction.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { signedOut } from './signed-out.ts'

interface Props {
  /** Undefined while none is in question. */
  passkey: AccountPasskey | undefined
  onClose: () => void
  onRenamed: () => void
}

/** Gives a passkey another name. */
export function RenamePasskey({ passkey, onClose, onRenamed }: Props) {
  const [name, setName] = useState('')
  const { stage, refusal, run, reset } = useCeremony()

  useEffect(() => {
    if (!passkey) return
    reset()
    setName(passkey.name)
  }, [passkey, reset])

  function save(event: FormEvent) {
    event.preventDefault()
    if (!passkey) return
    void run(async (enter) => {
      enter('check')
      await account.passkeys.rename(passkey.id, name.trim()).catch(signedOut)
      onRenamed()
    })
  }

  return (
    <Dialog
      open={Boolean(passkey)}
      onClose={onClose}
      title="Rename the passkey"
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form="rename">
            Save
          </Button>
        </>
      }
    >
      <form id="rename" onSubmit={save} noValidate>
        <TextField
          id="passkey-name"
          label="Name"
          hint="for you to know it again"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
      <Status stage={stage} refusal={refusal} words={{ check: 'Waiting for the server.' }} className="mt-4" />
    </Dialog>
  )
}
