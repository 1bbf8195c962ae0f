import type { ConsoleKey } from '#lib/contract/console.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { momentWords } from './overlap.ts'

/** Until when the old key works beside the new one, or that it works no more. */
export function OldKeyEnd({ item: { status, expiresAt } }: { item: Pick<ConsoleKey, 'status' | 'expiresAt'> }) {
  if (status !== 'active') {
    return (
      <Notice tone="bad" title="The old key works no more">
        Whatever still uses it is refused, until the new key is deployed.
      </Notice>
    )
  }
  return expiresAt ? (
    <Notice tone="warn" title={`The old key works until ${momentWords(Date.parse(expiresAt))}`}>
      It stops by itself <Time iso={expiresAt} />: deploy the new one before.
    </Notice>
  ) : null
}
