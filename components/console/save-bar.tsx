'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { busyWords } from './busy-words.ts'
import type { Change } from './use-change.ts'

interface Props {
  /** There is something to save. */
  edited: boolean
  change: Change
  label: string
  /** True when it is saved. */
  onSave: () => Promise<boolean>
  onUndo: () => void
}

/**
 * Save and Undo, while there is something to save; Cancel in place of Undo while a passkey is waited for. Afterwards it
 * says so and keeps the focus, which its button had.
 */
export function SaveBar({ edited, change, label, onSave, onUndo }: Props) {
  const [saved, setSaved] = useState(false)
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (edited) setSaved(false)
  }, [edited])

  async function save() {
    if (!(await onSave())) return
    setSaved(true)
    bar.current?.focus()
  }

  function undo() {
    if (change.confirming) return change.cancel()
    if (change.busy) return
    change.clear()
    onUndo()
    bar.current?.focus()
  }

  return (
    <div ref={bar} tabIndex={-1} className="outline-none">
      {edited ? (
        <div className="mt-4 flex flex-wrap gap-2.5">
          <Button onClick={save}>{busyWords(change, label, 'Saving')}</Button>
          <Button look="secondary" onClick={undo}>
            {change.confirming ? 'Cancel' : 'Undo'}
          </Button>
        </div>
      ) : null}
      <p role="status" className={saved ? 'mt-3 font-medium text-[14px] text-ok' : ''}>
        {saved ? 'Saved.' : null}
      </p>
    </div>
  )
}
