'use client'

import { type DragEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { RunRecord } from '../state.ts'
import { largest, readRunFile } from './run-import.ts'

interface Props {
  onImport: (record: RunRecord) => void
  onClose: () => void
}

/** Takes a run that Export saved, here or on another machine: chosen, dropped or pasted. What it is not is said. */
export function ImportDialog({ onImport, onClose }: Props) {
  const [pasted, paste] = useState('')
  const [refused, refuse] = useState('')
  const [over, setOver] = useState(false)

  function take(text: string, size?: number) {
    const read = readRunFile(text, size)
    if ('refused' in read) return refuse(read.refused)
    onImport(read)
    onClose()
  }

  async function takeFile(file: File | undefined) {
    if (!file) return
    try {
      // The rest of a file that is too large is not read.
      take(await file.slice(0, largest).text(), file.size)
    } catch {
      refuse('The browser could not read it: it may be a folder, or gone.')
    }
  }

  const drop = {
    onDragOver(event: DragEvent) {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault()
      setOver(false)
      const [file] = event.dataTransfer.files
      if (file) void takeFile(file)
      else take(event.dataTransfer.getData('text'))
    },
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Import a run"
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => (pasted.trim() ? take(pasted) : refuse('Choose a file, or paste what is in it.'))}>
            Add to Runs
          </Button>
        </>
      }
    >
      <p className="text-[14px] text-soft">
        A run that was saved with Export as JSON, on this machine or another. It opens with its messages, checks and
        bytes; nothing is sent anywhere.
      </p>
      <div
        {...drop}
        className={`mt-4 rounded-xl border border-dashed p-4 ${over ? 'border-accent bg-accent-wash' : 'border-line-strong'}`}
      >
        <label className="block text-[13px]">
          <span className="mb-1 block font-semibold">File of a run</span>
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              void takeFile(file)
              // The same file can be chosen again.
              event.target.value = ''
            }}
            className="max-w-full text-[13px] file:mr-2.5 file:cursor-pointer file:rounded-lg file:border file:border-line-strong file:bg-card file:px-3 file:py-1 file:font-medium file:text-ink"
          />
          <span className="mt-1 block text-soft">or drop it here</span>
        </label>
        <label className="mt-3 block text-[13px]">
          <span className="mb-1 block font-semibold">Or paste it</span>
          <textarea
            value={pasted}
            spellCheck={false}
            aria-invalid={Boolean(refused)}
            aria-describedby={refused ? 'import-refused' : undefined}
            onChange={(event) => {
              paste(event.target.value)
              refuse('')
            }}
            className="h-32 w-full resize-y rounded-field border border-line-strong bg-card px-3 py-2 font-mono text-[13px] leading-relaxed"
          />
        </label>
      </div>
      <p id="import-refused" role="alert" className="mt-3 text-[14px] text-bad wrap-anywhere empty:hidden">
        {refused ? `Not imported. ${refused}` : ''}
      </p>
    </Dialog>
  )
}
