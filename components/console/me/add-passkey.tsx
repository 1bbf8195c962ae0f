'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { askPasskey, makePasskey } from '../ceremony.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { useCeremony } from '../use-ceremony.ts'

interface Props {
  open: boolean
  onClose: () => void
  onAdded: () => Promise<void>
}

/** The change that is confirmed, by its request. */
const addPasskey = 'POST /passkeys/begin'

const waiting = {
  challenge: 'Asking the server.',
  authenticator: 'Waiting for your authenticator: follow the browser’s dialogue.',
  check: 'The server is checking.',
  done: '',
}

/**
 * Adds a passkey in two steps, each with a press of its own: browsers ask for two different authenticators, and some
 * open a dialogue only right after a press.
 */
export function AddPasskey({ open, onClose, onAdded }: Props) {
  const [step, setStep] = useState<'confirm' | 'create'>('confirm')
  const { stage, refusal, run, cancel, reset } = useCeremony()
  const busy = stage && stage !== 'done'

  // What was called off by closing it is told to nobody.
  useEffect(() => {
    if (open) reset()
  }, [open, reset])

  function close() {
    cancel()
    setStep('confirm')
    reset()
    onClose()
  }

  function confirm() {
    void run(async (enter) => {
      await askPasskey(() => consoleClient.confirm.begin(addPasskey), consoleClient.confirm.finish, enter)
      setStep('create')
    })
  }

  function create() {
    void run(async (enter) => {
      try {
        await makePasskey(consoleClient.own.addPasskey.begin, consoleClient.own.addPasskey.finish, enter)
      } catch (error) {
        // A confirmation is good for one beginning, whatever becomes of it.
        setStep('confirm')
        throw error
      }
      await onAdded()
      close()
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
          <Button onClick={step === 'create' ? create : confirm} aria-disabled={busy ? true : undefined}>
            {step === 'create' ? 'Create a passkey' : 'Confirm it is you'}
          </Button>
        </>
      }
    >
      <ol className="space-y-3 text-[14px]">
        <Step current={step === 'confirm'} title="Confirm that it is you">
          With a passkey that you already have.
        </Step>
        <Step current={step === 'create'} title="Make the new one">
          On another device, in another password manager or on a security key: one that holds a passkey of yours already
          is not offered again.
        </Step>
      </ol>
      <p role="status" className="mt-3 min-h-5 text-[13px] text-soft">
        {stage ? waiting[stage] : ''}
      </p>
      <ChangeError error={refusal} className="mt-1" />
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
