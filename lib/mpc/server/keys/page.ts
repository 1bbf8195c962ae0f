import { refusal } from '../refusal.ts'
import type { Place } from './store.ts'

const sizes = { default: 50, most: 200 }

/**
 * A page of keys, as a request asks for it, and the token of the next one; empty at the end.
 *
 * @param list so many keys at most, from behind a place on
 * @throws ConnectError INVALID_ARGUMENT for a token that is none
 */
export async function pageOf<Key extends Place>(
  { pageSize, pageToken }: { pageSize: number; pageToken: string },
  list: (most: number, after: Place | undefined) => Promise<Key[]>,
): Promise<{ keys: Key[]; nextPageToken: string }> {
  const size = Math.min(pageSize || sizes.default, sizes.most)
  const found = await list(size + 1, pageToken === '' ? undefined : placeOf(pageToken))
  const keys = found.slice(0, size)
  const last = found.length > size ? keys.at(-1) : undefined
  return { keys, nextPageToken: last ? tokenOf(last) : '' }
}

function tokenOf({ createdAt, id }: Place): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')
}

function placeOf(token: string): Place {
  try {
    const [createdAt, id] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [string, string]
    const place = { createdAt: new Date(createdAt), id: String(id) }
    if (!Number.isNaN(place.createdAt.getTime())) return place
  } catch {
    // Not one of ours.
  }
  throw refusal('invalid_request', 'page_token is not one that this service gave.', {
    metadata: { field: 'page_token' },
  })
}
