import { useCallback, useEffect, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { Client } from '#lib/sdk/client.ts'
import { failureOf } from '../failure/failure.ts'
import type { Failure } from '../run.ts'

interface Access {
  apiKey: string
  username: string
  /** The user's own token: what it may list, rename and delete is the user's own. It ends with the passkey that it is of. */
  userToken: string | undefined
  tokenOf: string | undefined
  /** The key itself manages passkeys, and the user is known to exist. */
  managed: boolean
  /** When it grows, the list is read again. */
  revision: number
  onDeleted: (id: string) => void
}

interface Loaded {
  of: string
  passkeys?: Passkey[]
  failure?: Failure
}

/** The user's passkeys as the server holds them. Without the right to ask, it does not ask. */
export function usePasskeys({ apiKey, username, userToken, tokenOf, managed, revision, onDeleted }: Access) {
  const allowed = Boolean(userToken) || managed
  const of = allowed ? JSON.stringify([apiKey, username, userToken]) : ''
  // That nothing is left, of a user whose token went with the last passkey, holds until something is done.
  const last = JSON.stringify([apiKey, username, revision])
  const [loaded, set] = useState<Loaded>({ of: '' })

  const read = useCallback(
    async (signal?: AbortSignal) => {
      const client = new Client({ apiKey })
      try {
        const query = userToken ? {} : { username }
        const { data } = await client.passkeys.list(query, { userToken, signal })
        if (!signal?.aborted) set({ of, passkeys: data })
      } catch (error) {
        if (signal?.aborted) return
        set({
          of,
          failure: failureOf(error, { kind: 'authentication', username, otherTenants: [], origin: location.origin }),
        })
      }
    },
    [apiKey, username, userToken, of],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means that the server knows something new
  useEffect(() => {
    if (!of) return
    const stale = new AbortController()
    void read(stale.signal)
    return () => stale.abort()
  }, [of, read, revision])

  const client = () => new Client({ apiKey })
  const current = loaded.of === (of || last) ? loaded : undefined
  return {
    passkeys: current?.passkeys,
    failure: current?.failure,
    state: current?.failure ? 'error' : current?.passkeys ? 'ready' : of ? 'loading' : 'signed-out',
    async rename(id: string, name: string) {
      await client().passkeys.rename(id, name, { userToken })
      await read()
    },
    async remove(id: string) {
      await client().passkeys.delete(id, { userToken })
      onDeleted(id)
      if (tokenOf !== id) return read()
      // What else there is can be read with the next token.
      if (current?.passkeys?.length === 1) set({ of: last, passkeys: [] })
    },
  } as const
}
