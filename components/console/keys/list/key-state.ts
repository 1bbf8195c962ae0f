import type { ConsoleKey } from '#lib/contract/console.ts'
import { relativeTime } from '../../../ui/relative-time.ts'

/** A key that ends within this is said to. */
const soon = 14 * 86_400_000

export interface StateWords {
  words: string
  tone: 'ok' | 'warn' | 'bad'
}

type Facts = Pick<ConsoleKey, 'status' | 'expiresAt'>

/** Whether a key works, in words and colour: green works, amber ends soon, red is refused. */
export function stateOf({ status, expiresAt }: Facts, now: number): StateWords {
  if (status === 'revoked') return { words: 'Revoked', tone: 'bad' }
  if (status === 'expired') return { words: 'Expired', tone: 'bad' }
  if (expiresAt && Date.parse(expiresAt) - now < soon)
    return { words: `Expires ${relativeTime(Date.parse(expiresAt), now)}`, tone: 'warn' }
  return { words: 'Active', tone: 'ok' }
}

/** How far the replacement of a key has come. */
export const rotationWords = {
  created: 'created, not used yet',
  deployed: 'deployed, waiting until this key is silent',
  verified: 'verified, this key is safe to revoke',
  ended: 'this key works no more',
} as const

/** Keys that work, newest first, and those that do not any more. */
export function sorted<Key extends Pick<ConsoleKey, 'status' | 'createdAt'>>(keys: readonly Key[]) {
  const newestFirst = keys.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
  return {
    working: newestFirst.filter(({ status }) => status === 'active'),
    over: newestFirst.filter(({ status }) => status !== 'active'),
  }
}
