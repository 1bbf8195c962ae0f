import { useState } from 'react'
import type { ConsoleKey, KeyAddresses } from '#lib/contract/console.ts'
import { consoleClient } from '../../console-client.ts'
import { type Data, useData } from '../../use-data.ts'

export interface Rotation {
  /** The key that is being replaced. */
  item: ConsoleKey
  /** The key that takes its place; undefined before it is made. */
  successor: ConsoleKey | undefined
  /** From where each was used, the latest first. */
  seen: { item: KeyAddresses['data']; successor: KeyAddresses['data'] }
}

/** A rotation as it stands, read every three seconds from when there is a successor until it is over. */
export function useRotation(id: string): Data<Rotation> {
  const [waiting, setWaiting] = useState(false)
  return useData(
    async () => {
      const item = await consoleClient.keys.read(id)
      const successorId = item.rotation?.successorId
      const [successor, own, others] = await Promise.all([
        successorId ? consoleClient.keys.read(successorId) : undefined,
        successorId ? consoleClient.keys.addresses(id) : undefined,
        successorId ? consoleClient.keys.addresses(successorId) : undefined,
      ])
      setWaiting(successor !== undefined && item.status !== 'revoked')
      return { item, successor, seen: { item: own?.data ?? [], successor: others?.data ?? [] } }
    },
    [id],
    waiting ? { every: 3_000 } : {},
  )
}
