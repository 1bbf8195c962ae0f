'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Time } from '../../../ui/time.tsx'
import { ChangeError } from '../../change-error.tsx'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { Only, useMay } from '../../role.tsx'
import { useChange } from '../../use-change.ts'
import { webhooksPath } from '../paths.ts'
import { DeleteWebhook } from './delete-webhook.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import { TestDialog } from './test-dialog.tsx'

interface Props {
  webhook: ConsoleWebhook
  onChanged: () => Promise<void>
  /** Whether it is being deleted. */
  onLeaving: (leaving: boolean) => void
}

/** Which endpoint it is, and what can be done with it. */
export function WebhookHead({ webhook, onChanged, onLeaving }: Props) {
  const { id, url, description, environment, enabled, createdBy, createdAt } = webhook
  const [open, set] = useState<'edit' | 'recover' | 'test' | 'delete'>()
  const [wanted, want] = useState(enabled)
  const change = useChange()
  const router = useRouter()
  const may = useMay('developer')
  const close = () => set(undefined)

  async function turn(on: boolean) {
    want(on)
    await change.run(
      async (api) => {
        await api.webhooks.update(id, { enabled: on })
        await onChanged()
      },
      environment === 'live' && 'fresh',
    )
  }

  return (
    <>
      <div className="mt-2 mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="font-medium font-mono text-[20px] leading-7 tracking-tight wrap-anywhere">{url}</h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-[14px] text-soft">
            <TypeBadge type={environment} />
            <span className="wrap-anywhere">
              {description ? `${description} · ` : ''}
              <span className="font-mono text-[13px]">{id}</span> · made by {createdBy} <Time iso={createdAt} />
            </span>
          </p>
        </div>
        <Only least="developer" to="change this endpoint, test it and send again">
          <div className="flex flex-wrap items-center gap-2.5">
            <Checkbox
              role="switch"
              label={change.confirming ? 'Waiting for your passkey' : 'Enabled'}
              className="mr-1"
              checked={change.busy ? wanted : enabled}
              onToggle={turn}
            />
            {change.confirming ? (
              <Button look="quiet" onClick={change.cancel}>
                Cancel
              </Button>
            ) : null}
            <Button look="secondary" onClick={() => set('recover')}>
              Recover from…
            </Button>
            <Button onClick={() => set('test')}>Send a test event</Button>
          </div>
        </Only>
      </div>
      {may ? (
        <div className="-mt-3 mb-4 flex flex-wrap gap-2">
          <Button look="small" onClick={() => set('edit')}>
            Edit
          </Button>
          <Button look="small" className="text-bad! hover:border-bad!" onClick={() => set('delete')}>
            Delete
          </Button>
        </div>
      ) : null}
      <ChangeError error={change.error} className="mb-4" />
      <EditDialog webhook={webhook} open={open === 'edit'} onClose={close} onChanged={onChanged} />
      <RecoverDialog webhook={webhook} open={open === 'recover'} onClose={close} />
      <TestDialog webhook={webhook} open={open === 'test'} onClose={close} />
      <DeleteWebhook
        webhook={webhook}
        open={open === 'delete'}
        onClose={close}
        onLeaving={onLeaving}
        onDeleted={() => router.push(webhooksPath(environment))}
      />
    </>
  )
}
