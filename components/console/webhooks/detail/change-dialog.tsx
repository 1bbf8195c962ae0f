'use client'

import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import type { WebhookUpdate } from '#lib/contract/webhooks.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { busyWords } from '../../busy-words.ts'
import { ChangeError } from '../../change-error.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { focusMistake } from '../../focus-mistake.ts'
import { PasskeyNote } from '../../passkey-note.tsx'
import { useChange } from '../../use-change.ts'

interface Props {
  webhook: ConsoleWebhook
  open: boolean
  onClose: () => void
  onChanged: () => Promise<void>
  title: string
  action: string
  wide?: boolean
  /** The fields of the request that have a place among the children. */
  fields: readonly string[]
  /** What is missing before the server can be asked, by field. */
  mistakes: Partial<Record<string, string>>
  update: WebhookUpdate
  /** The fields; `wrong` is what is to be said at one. */
  children: (wrong: (field: string, subject: string) => string | undefined) => ReactNode
}

/** Asks for a change of an endpoint; it closes when that is made, and says at its fields why it is not. */
export function ChangeDialog(props: Props) {
  const { webhook, open, onClose, onChanged, title, action, wide, fields, mistakes, update, children } = props
  const [tried, setTried] = useState(false)
  const change = useChange()
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const refused = fieldErrors(change.error, fields)
  const wrong = (field: string, subject: string) => (tried ? mistakes[field] : undefined) ?? refused.of(field, subject)

  function leave() {
    change.clear()
    setTried(false)
    onClose()
  }

  function close() {
    if (change.confirming) change.cancel()
    else if (!change.busy) leave()
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(mistakes).length) return focusMistake(form.current)
    const done = await change.run(
      async (api) => {
        await api.webhooks.update(webhook.id, update)
        await onChanged()
        leave()
        return true
      },
      webhook.environment === 'live' && 'fresh',
    )
    if (!done) focusMistake(form.current)
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      wide={wide ?? false}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form={id}>
            {busyWords(change, action, 'Saving')}
          </Button>
        </>
      }
    >
      <form ref={form} id={id} noValidate onSubmit={save} className="space-y-5">
        {children(wrong)}
        <ChangeError error={refused.rest} />
        <PasskeyNote environment={webhook.environment} what="endpoint" />
      </form>
    </Dialog>
  )
}
