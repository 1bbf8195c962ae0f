import { type ReactNode, useEffect, useState } from 'react'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Stage } from './ceremony.ts'
import type { Refusal } from './explain.ts'
import { useCeremony } from './use-ceremony.ts'

type Enter = (stage: Stage) => void

interface Props<Proof> {
  open: boolean
  onClose: () => void
  onAdded: () => unknown
  /** Has a passkey that is there already say who it is. */
  confirm: (enter: Enter) => Promise<Proof>
  /** Makes the new one, which a proof is good for once, whatever becomes of it. */
  create: (proof: Proof, enter: Enter) => Promise<unknown>
  /** Better words for refusals, where the page has some. */
  words?: (refusal: Refusal) => Partial<Refusal>
}

const waiting = {
  challenge: 'Waiting for the server.',
  authenticator: 'Waiting for your authenticator. Follow your browser’s dialogue.',
  check: 'The server checks it.',
}

/**
 * Adds a passkey in two steps, each with a press of its own: browsers ask for two different authenticators, and some
 * open a dialogue only right after a press.
 */
export function AddPasskey<Proof>({ open, onClose, onAdded, confirm, create, words }: Props<Proof>) {
  const [confirmed, setConfirmed] = useState<{ proof: Proof }>()
  const { stage, refusal, run, cancel, reset } = useCeremony(words)
  const busy = stage !== undefined && stage !== 'done'

  // What was called off by closing it is told to nobody.
  useEffect(() => {
    if (!open) return
    reset()
    setConfirmed(undefined)
  }, [open, reset])

  function close() {
    cancel()
    onClose()
  }

  function step() {
    void run(async (enter) => {
      if (!confirmed) return setConfirmed({ proof: await confirm(enter) })
      try {
        await create(confirmed.proof, enter)
      } catch (error) {
        setConfirmed(undefined)
        throw error
      }
      await onAdded()
      onClose()
    })
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Add a passkey"
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button onClick={step} aria-disabled={busy || undefined}>
            {confirmed ? 'Create a passkey' : 'Confirm it is you'}
          </Button>
        </>
      }
    >
      <ol className="space-y-3 text-[14px]">
        <Step current={!confirmed} title="Confirm that it is you">
          With a passkey that you already have.
        </Step>
        <Step current={confirmed !== undefined} title="Make the new one">
          On another device, in another password manager or on a security key: one that holds a passkey of yours already
          is not offered again.
        </Step>
      </ol>
      <Status stage={busy ? stage : undefined} refusal={refusal} words={waiting} className="mt-4" />
    </Dialog>
  )
}

function Step({ current, title, children }: { current: boolean; title: string; children: ReactNode }) {
  return (
    <li
      aria-current={current ? 'step' : undefined}
      className="rounded-xl border border-line px-4 py-3 aria-[current=step]:border-accent"
    >
      <p className="font-semibold">{title}</p>
      <p className="text-soft">{children}</p>
    </li>
  )
}
