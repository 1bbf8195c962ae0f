'use client'

import { useEffect, useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { urlMistake } from '../../endpoint/url-words.ts'
import { DescriptionField } from '../create/description-field.tsx'
import { WebhookUrl } from '../create/webhook-url.tsx'
import { ChangeDialog } from './change-dialog.tsx'

interface Props {
  webhook: ConsoleWebhook
  open: boolean
  onClose: () => void
  onChanged: () => Promise<void>
}

/** Where an endpoint is, and what it is called. */
export function EditDialog({ webhook, open, onClose, onChanged }: Props) {
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays while the endpoint is read anew
  useEffect(() => {
    if (!open) return
    setUrl(webhook.url)
    setDescription(webhook.description)
  }, [open])
  const mistake = urlMistake(url)

  return (
    <ChangeDialog
      webhook={webhook}
      open={open}
      onClose={onClose}
      onChanged={onChanged}
      title="Edit the endpoint"
      action="Save"
      fields={['url', 'description']}
      mistakes={mistake ? { url: mistake } : {}}
      update={{ url: url.trim(), description: description.trim() }}
    >
      {(wrong) => (
        <>
          <WebhookUrl url={url} error={wrong('url', 'The URL')} onChange={setUrl} />
          <DescriptionField
            description={description}
            error={wrong('description', 'The description')}
            onChange={setDescription}
          />
          <p className="text-[13px] text-soft">What waits for another try goes to the new URL, too.</p>
        </>
      )}
    </ChangeDialog>
  )
}
