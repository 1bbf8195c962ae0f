import type { ReactNode } from 'react'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { Fixed } from '../../role.tsx'
import { SaveBar } from '../../save-bar.tsx'
import type { Part } from './use-part.ts'

interface Props<Fields> {
  title: string
  note: string
  part: Part<Fields>
  /** The words of its Save button. */
  label: string
  children: ReactNode
}

/** A part of a client: its fields, why it was refused, Save and Undo. */
export function PartCard<Fields>({ title, note, part, label, children }: Props<Fields>) {
  const { refused, edited, change, save, undo } = part
  return (
    <Card title={title} note={note}>
      <Fixed least="developer">
        <div className="space-y-5">{children}</div>
      </Fixed>
      <ChangeError error={refused.rest} className="mt-4" />
      <SaveBar edited={edited} change={change} label={label} onSave={save} onUndo={undo} />
    </Card>
  )
}
