import { useCallback, useEffect, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { clientOf } from '../client-of.ts'
import { explained } from '../failure/explained.ts'
import type { Failure } from '../run.ts'

interface Access {
  apiKey: string
  username: string
  /** The user's own token: what it may list, rename and delete is the user's own. */
  userToken: string | undefined
  /** The key itself manages passkeys, and the user is known to exist. */
  managed: boolean
  /** The token opens nothing any more, since its passkey is gone: what was read last stays on show. */
  over: boolean
  /** When it grows, the list is read again. */
  revision: number
  /** Gets every list that the server answers with, and every one that a deletion leaves. */
  onRead: (passkeys: readonly Passkey[]) => void
}

interface Loaded {
  of: string
  passkeys?: Passkey[]
  failure?: Failure
}

/** The user's passkeys as the server holds them. Without the right to ask, it does not ask. */
export function usePasskeys({ apiKey, username, userToken, managed, over, revision, onRead }: Access) {
  const allowed = Boolean(userToken) || managed
  const of = allowed ? JSON.stringify([apiKey, username, userToken]) : ''
  const [loaded, set] = useState<Loaded>({ of: '' })

  const read = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const { data } = await listOf({ apiKey, username, userToken }, signal)
        if (signal?.aborted) return
        set({ of, passkeys: data })
        onRead(data)
      } catch (error) {
        const { origin } = location
        const failure = await explained(error, { kind: 'authentication', username, otherTenants: [], origin })
        if (!signal?.aborted) set({ of, failure })
      }
    },
    [apiKey, username, userToken, of, onRead],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means that the server knows something new; a token that ends is no news
  useEffect(() => {
    if (!of || over) return
    const stale = new AbortController()
    void read(stale.signal)
    return () => stale.abort()
  }, [of, read, revision])

  const current = of && loaded.of === of ? loaded : undefined
  return {
    passkeys: current?.passkeys,
    failure: current?.failure,
    state: !of ? 'signed-out' : current?.failure ? 'error' : current?.passkeys ? 'ready' : 'loading',
    reload: () => void read(),
    async rename(id: string, name: string) {
      await (await clientOf(apiKey)).passkeys.rename(id, name, { userToken })
      await read()
    },
    /** Those that are left, where that is all of them; one that was registered elsewhere meanwhile is among them. */
    async remove(id: string): Promise<readonly Passkey[] | undefined> {
      // Read before: the token may have come from that very passkey.
      const { data, nextCursor } = await listOf({ apiKey, username, userToken })
      await (await clientOf(apiKey)).passkeys.delete(id, { userToken })
      const left = data.filter((passkey) => passkey.id !== id)
      set({ of, passkeys: left })
      onRead(left)
      return nextCursor === null ? left : undefined
    },
  } as const
}

async function listOf(
  { apiKey, username, userToken }: Pick<Access, 'apiKey' | 'username' | 'userToken'>,
  signal?: AbortSignal,
) {
  const client = await clientOf(apiKey)
  return client.passkeys.list(userToken ? {} : { username }, { userToken, signal })
}
