'use client'

import { type FormEvent, useState } from 'react'
import type { OwnAccess } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { fieldErrors } from '../field-errors.ts'
import { useChange } from '../use-change.ts'

interface Props {
  passkey: OwnAccess['passkeys'][number]
  onClose: () => void
  onChanged: (what: string) => Promise<void>
}

const formId = 'rename-passkey'

/** Another name for a passkey, here alone. */
export function RenamePasskey({ passkey, onClose, onChanged }: Props) {
  const change = useChange()
  const [name, setName] = useState(passkey.name)
  const { of, rest } = fieldErrors(change.error, ['name'])

  function save(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === passkey.name) return onClose()
    void change.run(async (api) => {
      await api.own.renamePasskey(passkey.id, name)
      await onChanged(`The passkey is called ${name.trim()} now`)
      onClose()
    })
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Rename the passkey"
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId}>
            {busyWords(change, 'Save name', 'Saving')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={save} className="space-y-4">
        <TextField
          id="passkey-name"
          label="Name"
          note="It stands here alone: your device or password manager calls it as before."
          words
          autoComplete="off"
          maxLength={128}
          value={name}
          error={of('name', 'The name')}
          onChange={(event) => {
            change.clear()
            setName(event.target.value)
          }}
        />
        <ChangeError error={rest} />
      </form>
    </Dialog>
  )
}
