import type { ConsoleKey } from '#lib/contract/console.ts'

/** The four steps of a rotation, and its end. */
export type RotationStage = 'create' | 'deploy' | 'verify' | 'revoke' | 'done'
export const rotationStages = ['create', 'deploy', 'verify', 'revoke'] as const

/** For how long the old key must be silent before it is safe to revoke. */
export const silence = 10 * 60_000

type Facts = Pick<ConsoleKey, 'rotation' | 'lastUsedAt'>

/**
 * Which step a rotation is at, by what traffic shows. A key that works no more while its successor was never used still
 * waits for the successor: nothing else answers for it.
 */
export function stageOf({ rotation }: Facts, successor: Pick<ConsoleKey, 'lastUsedAt'> | undefined): RotationStage {
  if (!rotation) return 'create'
  if (rotation.state === 'ended') return successor?.lastUsedAt ? 'done' : 'deploy'
  return { created: 'deploy', deployed: 'verify', verified: 'revoke' }[rotation.state] as RotationStage
}

/** Since when the old key counts as silent: its last use, or the making of its successor where that is later. */
export function silentSince(key: Pick<ConsoleKey, 'lastUsedAt'>, successor: Pick<ConsoleKey, 'createdAt'>): number {
  return Math.max(Date.parse(key.lastUsedAt ?? '') || 0, Date.parse(successor.createdAt))
}

/** Whether the old key was used after its successor was made. */
export function usedSince(key: Pick<ConsoleKey, 'lastUsedAt'>, successor: Pick<ConsoleKey, 'createdAt'>): boolean {
  return key.lastUsedAt !== null && Date.parse(key.lastUsedAt) > Date.parse(successor.createdAt)
}
