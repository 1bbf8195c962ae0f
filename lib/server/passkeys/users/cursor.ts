import { z } from 'zod'
import type { Behind, ListedUser } from './store.ts'

// A cursor says where the next page begins, and not behind whom: that user may be deleted meanwhile.

const byName = z.tuple([z.string().max(256)])
const newest = z.tuple([z.iso.datetime(), z.string().max(64)])

/** The cursor of what stands behind a user, in the order by name or newest first. */
export function cursorAfter({ username, createdAt, id }: ListedUser, isByName: boolean): string {
  return Buffer.from(JSON.stringify(isByName ? [username] : [createdAt.toISOString(), id])).toString('base64url')
}

/** What a cursor says; null where it is none of that order. */
export function readCursor(cursor: string, isByName: boolean): Behind | null {
  const read = json(Buffer.from(cursor, 'base64url').toString())
  if (isByName) {
    const [username] = byName.safeParse(read).data ?? []
    return username === undefined ? null : { username }
  }
  const { data } = newest.safeParse(read)
  return data ? { createdAt: new Date(data[0]), id: data[1] } : null
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
