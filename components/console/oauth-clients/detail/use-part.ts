import { useState } from 'react'
import type { ClientUpdate, ClientView } from '#lib/contract/oauth.ts'
import { type FieldErrors, fieldErrors } from '../../field-errors.ts'
import { type Change, useChange } from '../../use-change.ts'

export interface Part<Fields> {
  fields: Fields
  /** It differs from what is saved. */
  edited: boolean
  change: Change
  refused: FieldErrors
  edit: (part: Partial<Fields>) => void
  undo: () => void
  /** True when it is saved. */
  save: () => Promise<boolean>
}

interface Props<Fields> {
  client: ClientView
  /** The part as it is saved. */
  saved: Fields
  /** Puts it as the server takes it. */
  updateOf: (fields: Fields) => ClientUpdate
  onChanged: () => Promise<void>
}

/** A part of a client under edit; until it is changed, it follows what is saved. */
export function usePart<Fields extends object>({ client, saved, updateOf, onChanged }: Props<Fields>): Part<Fields> {
  const [edits, set] = useState<Partial<Fields>>({})
  const change = useChange()
  const fields = { ...saved, ...edits }
  const { clientId, environment } = client

  async function save(): Promise<boolean> {
    const update = updateOf(fields)
    const done = await change.run((api) => api.clients.update(clientId, update), environment === 'live' && 'fresh')
    if (!done) return false
    await onChanged()
    set({})
    return true
  }

  return {
    fields,
    edited: JSON.stringify(fields) !== JSON.stringify(saved),
    change,
    refused: fieldErrors(change.error, Object.keys(saved)),
    edit: (part) => {
      change.clear()
      set((before) => ({ ...before, ...part }))
    },
    undo: () => set({}),
    save,
  }
}
