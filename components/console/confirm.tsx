'use client'

import { type ReactNode, useState } from 'react'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { ChangeError } from './change-error.tsx'
import { useChange } from './use-change.ts'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  /** What will happen, and whether it can be taken back. */
  children: ReactNode
  /** The button's words: “Remove”. */
  action: string
  /** What it does; the dialogue closes when it is done, and says why when it is refused. */
  onConfirm: (api: ConsoleClient) => Promise<unknown>
  /** The server asks for a fresh assertion. */
  fresh?: boolean
  /** What the person has to type first. */
  typed?: { label: string; text: string }
}

/** Asks before something is lost. */
export function Confirm({ open, onClose, title, children, action, onConfirm, fresh, typed }: Props) {
  const { run, busy, confirming, error, clear, cancel } = useChange()
  const [text, setText] = useState('')
  const [mistake, setMistake] = useState<string>()

  function close() {
    if (confirming) cancel()
    else if (!busy) leave()
  }

  function leave() {
    clear()
    setText('')
    setMistake(undefined)
    onClose()
  }

  function confirm() {
    if (typed && text.trim() !== typed.text) return setMistake(`Type ${typed.text} exactly as it stands here.`)
    void run(async (api) => {
      await onConfirm(api)
      leave()
    }, fresh && 'fresh')
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button look="danger" onClick={confirm}>
            {confirming ? 'Waiting for your passkey' : busy ? 'Working' : action}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-[14px]">{children}</div>
      {typed ? (
        <TextField
          id="confirm-typed"
          className="mt-4"
          label={typed.label}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          value={text}
          error={mistake}
          onChange={(event) => {
            setText(event.target.value)
            setMistake(undefined)
          }}
        />
      ) : null}
      <ChangeError error={error} className="mt-4" />
    </Dialog>
  )
}
