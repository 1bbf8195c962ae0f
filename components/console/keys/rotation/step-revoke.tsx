'use client'

import type { ConsoleKey } from '#lib/contract/console.ts'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import { busyWords } from '../../busy-words.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { PasskeyNote } from '../../passkey-note.tsx'
import { useChange } from '../../use-change.ts'

interface Props {
  item: ConsoleKey
  onRevoked: () => Promise<void>
}

/** Step 4: nothing uses the old key any more, so that it can go without a question. */
export function StepRevoke({ item, onRevoked }: Props) {
  const change = useChange()
  return (
    <Card
      title="Revoke the old key"
      note="It is safe now: the new key is in use, and the old one has been silent for ten minutes."
    >
      {item.lastUsedAt ? (
        <p className="rounded-xl bg-ok-wash px-4 py-3 text-[14px]">
          The old key was last used <Time iso={item.lastUsedAt} />.
        </p>
      ) : null}
      <ChangeError error={change.error} className="mt-4" />
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <Button
          onClick={() =>
            change.run(
              async (api) => {
                await api.keys.revoke(item.id)
                await onRevoked()
              },
              item.type === 'live' && 'fresh',
            )
          }
        >
          {busyWords(change, 'Revoke the old key', 'Revoking')}
        </Button>
        <PasskeyNote environment={item.type} what="key" />
      </div>
    </Card>
  )
}
