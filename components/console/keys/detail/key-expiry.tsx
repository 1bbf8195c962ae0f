'use client'

import { useState } from 'react'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { SaveBar } from '../../save-bar.tsx'
import { useChange } from '../../use-change.ts'
import { type Expiry, expiryMistake, expiryOf, momentOf } from '../create/expiry.ts'
import { ExpiryField } from '../create/expiry-field.tsx'

interface Props {
  item: ConsoleKey
  onChanged: () => Promise<void>
}

/** When the key ends by itself. One that is being replaced can only end earlier. */
export function KeyExpiry({ item, onChanged }: Props) {
  const [edited, edit] = useState<Expiry>()
  const [mistake, setMistake] = useState<string>()
  const change = useChange()
  const { of, rest } = fieldErrors(change.error, ['expiresAt'])

  async function save(): Promise<boolean> {
    if (!edited) return false
    const wrong = expiryMistake(edited, Date.now())
    setMistake(wrong)
    const expiresAt = momentOf(edited, Date.now())
    if (wrong || expiresAt === undefined) return false
    const saved = await change.run((api) => api.keys.update(item.id, { expiresAt }), item.type === 'live' && 'fresh')
    if (!saved) return false
    await onChanged()
    edit(undefined)
    return true
  }

  return (
    <Card title="Expiry" note="A key with an end cannot be forgotten.">
      <ExpiryField
        expiry={edited ?? expiryOf(item.expiresAt)}
        fixed={edited ? undefined : item.expiresAt}
        error={mistake ?? of('expiresAt', 'The day')}
        onChange={(next) => {
          change.clear()
          setMistake(undefined)
          edit(next)
        }}
      />
      <ChangeError error={rest} className="mt-4" />
      <SaveBar
        edited={edited !== undefined}
        change={change}
        label="Save expiry"
        onSave={save}
        onUndo={() => {
          setMistake(undefined)
          edit(undefined)
        }}
      />
    </Card>
  )
}
