'use client'

import { type FormEvent, useId, useState } from 'react'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { busyWords } from '../../busy-words.ts'
import { ChangeError } from '../../change-error.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { useChange } from '../../use-change.ts'

interface Props {
  item: ConsoleKey
  open: boolean
  onClose: () => void
  onChanged: () => Promise<void>
}

/** Another name for a key. What uses it notices nothing. */
export function RenameDialog({ item, open, onClose, onChanged }: Props) {
  const [name, setName] = useState(item.name)
  const change = useChange()
  const form = useId()
  const { of, rest } = fieldErrors(change.error, ['name'])

  function close() {
    if (change.confirming) return change.cancel()
    if (change.busy) return
    setName(item.name)
    change.clear()
    onClose()
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === item.name) return close()
    const saved = await change.run((api) => api.keys.update(item.id, { name }), item.type === 'live' && 'fresh')
    if (!saved) return
    onClose()
    await onChanged()
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Rename the key"
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form={form}>
            {busyWords(change, 'Save name', 'Saving')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={save} className="space-y-4">
        <TextField
          id="rename"
          label="Name"
          note="People read it. What uses the key notices nothing."
          words
          autoComplete="off"
          value={name}
          maxLength={128}
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
