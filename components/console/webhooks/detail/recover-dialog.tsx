'use client'

import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import type { WebhookRecovered } from '#lib/contract/webhooks.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ChangeError } from '../../change-error.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { focusMistake } from '../../focus-mistake.ts'
import { useChange } from '../../use-change.ts'
import { localInput, recoveredWords } from './recover-words.ts'

interface Props {
  webhook: ConsoleWebhook
  open: boolean
  onClose: () => void
}

/** Sends again what did not arrive since a moment, and says how much that is. */
export function RecoverDialog({ webhook, open, onClose }: Props) {
  const { id, figures } = webhook
  const [since, set] = useState('')
  const [missing, setMissing] = useState(false)
  const [recovered, tell] = useState<WebhookRecovered>()
  const change = useChange()
  const form = useRef<HTMLFormElement>(null)
  const formId = useId()
  const refused = fieldErrors(change.error, ['since'])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays while the endpoint is read anew
  useEffect(() => {
    if (!open) return
    const first = figures.undeliveredSince
    set(localInput(first ? new Date(first) : new Date(Date.now() - 3_600_000)))
    setMissing(false)
    tell(undefined)
    change.clear()
  }, [open])

  async function recover(event: FormEvent) {
    event.preventDefault()
    tell(undefined)
    const moment = new Date(since)
    setMissing(Number.isNaN(moment.getTime()))
    if (Number.isNaN(moment.getTime())) return focusMistake(form.current)
    const answer = await change.run((api) => api.webhooks.recover(id, moment.toISOString()))
    if (answer) tell(answer)
    else focusMistake(form.current)
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Recover from a moment on"
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" form={formId}>
            {change.busy ? 'Recovering' : 'Send again'}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} noValidate onSubmit={recover} className="space-y-4">
        <p className="text-[14px]">
          Everything that was told since then and did not arrive is sent again, oldest first. What has arrived is not,
          nor what was told in the last minutes, which is tried again by itself. An event keeps its id, so that your
          server knows one again that it has.
        </p>
        <TextField
          id="since"
          type="datetime-local"
          label="From"
          hint="your own time"
          value={since}
          max={localInput(new Date())}
          error={missing ? 'Say from when on, with day and time.' : refused.of('since', 'The moment')}
          onChange={(event) => set(event.target.value)}
        />
        <ChangeError error={refused.rest} />
        <p role="status" className={recovered ? 'rounded-xl bg-ok-wash px-3.5 py-2.5 text-[14px]' : ''}>
          {recovered ? recoveredWords(recovered) : null}
        </p>
      </form>
    </Dialog>
  )
}
