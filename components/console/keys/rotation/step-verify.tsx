'use client'

import { countdown } from '../../../playground/token/token-time.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { Card } from '../../card.tsx'
import { silence, silentSince, usedSince } from './rotation-stage.ts'
import type { Rotation } from './use-rotation.ts'
import { Waiting } from './waiting.tsx'

interface Props {
  data: Rotation & { successor: NonNullable<Rotation['successor']> }
}

/** Step 3: the new key is used; now the old one must be silent for ten minutes. Each use of it begins them anew. */
export function StepVerify({ data: { item, successor, seen } }: Props) {
  const now = useNow(1_000)
  const left = now === undefined ? undefined : silentSince(item, successor) + silence - now
  const first = seen.successor.at(-1)
  const latest = seen.item[0]
  return (
    <Card
      title="Verify that nothing uses the old key"
      note="Ten minutes without a request with the old key say that everything uses the new one."
    >
      <p className="mb-3 rounded-xl bg-ok-wash px-4 py-3 text-[14px]">
        <span className="font-semibold text-ok">The new key is in use.</span> First request{' '}
        {first ? (
          <>
            <Time iso={first.firstSeenAt} /> from{' '}
            <code className="font-mono text-[13px]">{first.address ?? 'an unknown address'}</code>
          </>
        ) : (
          'seen'
        )}
        .
      </p>
      <Waiting>
        Waiting for the old key to be silent{' '}
        {left === undefined ? null : left > 0 ? (
          <span className="whitespace-nowrap">
            for another{' '}
            <span role="timer" className="font-mono tabular-nums">
              {countdown(left)}
            </span>
          </span>
        ) : (
          ': its ten minutes are over, asking the server'
        )}
      </Waiting>
      <div className="mt-3" aria-live="polite">
        {usedSince(item, successor) && item.lastUsedAt ? (
          <Notice tone="warn" title="The old key was used after the new one was made">
            Last <Time iso={item.lastUsedAt} />, from{' '}
            <code className="font-mono text-[12.5px] text-ink wrap-anywhere">
              {latest?.address ?? 'an unknown address'}
            </code>
            . Something there still holds the old key: deploy the new one to it. Each request begins the ten minutes
            anew.
          </Notice>
        ) : (
          <p className="text-[14px] text-soft">The old key was not used since the new one was made.</p>
        )}
      </div>
    </Card>
  )
}
