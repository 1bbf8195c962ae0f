import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { Badge } from '../../ui/badge.tsx'
import { frozenWords } from './mpc-key-words.ts'

/** That a key is frozen, and by whom where that was its user. */
export function FrozenBadge({ of }: { of: Pick<MpcKeyView, 'frozenBy'> }) {
  const words = frozenWords(of)
  return words ? <Badge tone="bad">{words}</Badge> : null
}
