'use client'

import { useState } from 'react'
import type { ConsoleKey } from '#lib/contract/console.ts'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { Button, linkButton } from '../../../ui/button.tsx'
import { ChipChoice } from '../../../ui/chip.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { busyWords } from '../../busy-words.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { PasskeyNote } from '../../passkey-note.tsx'
import { useChange } from '../../use-change.ts'
import { useOnce } from '../use-once.ts'
import { type Overlap, overlaps, overlapWords } from './overlap.ts'

interface Props {
  item: ConsoleKey
  onCreated: (created: KeyCreated) => void
}

/** Step 1: for how long both keys are to work, and the making of the new one. */
export function StepCreate({ item, onCreated }: Props) {
  const [overlap, choose] = useState<Overlap>('86400')
  const now = useNow(30_000) ?? Date.now()
  const change = useChange()
  const once = useOnce<{ overlapSeconds: number }>()

  if (item.status !== 'active') {
    return (
      <Card
        title="This key works no more"
        note="A key that is revoked or expired cannot be rotated. Make a new one instead."
      >
        <a href={`/console/keys/new?environment=${item.type}`} className={linkButton}>
          Create New Key
        </a>
      </Card>
    )
  }

  async function create() {
    const { request, idempotencyKey } = once(overlap, () => ({ overlapSeconds: Number(overlap) }))
    const created = await change.run(
      (api) => api.keys.rotate(item.id, request, idempotencyKey),
      item.type === 'live' && 'fresh',
    )
    if (created) onCreated(created)
  }

  return (
    <Card
      title="Create the new key"
      note="It gets the same name, permissions, addresses, tier and expiry. Choose for how long both keys are to work, so that there is time to deploy."
    >
      <p aria-hidden="true" className="mb-1.5 font-semibold text-[13px]">
        Overlap
      </p>
      <ChipChoice label="Overlap" name="overlap" choices={overlaps} selected={overlap} onSelect={choose} />
      <div aria-live="polite" className="mt-2.5">
        {overlap === '0' ? (
          <Notice tone="warn" title="Without an overlap, requests fail">
            {overlapWords(overlap, item.expiresAt, now)}
          </Notice>
        ) : (
          <p className="text-[14px] text-soft" suppressHydrationWarning>
            {overlapWords(overlap, item.expiresAt, now)}
          </p>
        )}
      </div>
      <ChangeError error={change.error} className="mt-4" />
      <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <Button onClick={create}>{busyWords(change, 'Create the new key', 'Creating')}</Button>
        <PasskeyNote environment={item.type} what="key" />
      </div>
    </Card>
  )
}
