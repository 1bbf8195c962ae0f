'use client'

import { type FormEvent, useState } from 'react'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { busyWords } from './busy-words.ts'
import { ChangeError } from './change-error.tsx'
import { fieldErrors } from './field-errors.ts'
import { useChange } from './use-change.ts'

interface Props {
  title: string
  /** The one that it has. */
  name: string
  /** Who reads it, and who notices nothing. */
  note: string
  /** The server asks for a fresh assertion. */
  fresh?: boolean
  onClose: () => void
  /** Gives it the other one, trimmed; the dialogue closes when that is done. */
  onRename: (api: ConsoleClient, name: string) => Promise<unknown>
}

/** Asks for another name. Stands there only while it is open. */
export function RenameDialog({ title, name: before, note, fresh, onClose, onRename }: Props) {
  const change = useChange()
  const [name, setName] = useState(before)
  const { of, rest } = fieldErrors(change.error, ['name'])

  function close() {
    if (change.confirming) change.cancel()
    else if (!change.busy) onClose()
  }

  function save(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === before) return close()
    void change.run(async (api) => {
      await onRename(api, name.trim())
      onClose()
    }, fresh && 'fresh')
  }

  return (
    <Dialog
      open
      onClose={close}
      title={title}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form="rename">
            {busyWords(change, 'Save name', 'Saving')}
          </Button>
        </>
      }
    >
      <form id="rename" noValidate onSubmit={save} className="space-y-4">
        <TextField
          id="rename-name"
          label="Name"
          note={note}
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
