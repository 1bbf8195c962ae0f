import type { KeyList, KeyView } from '#lib/contract/keys.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import * as store from './store.ts'
import { viewsOf } from './view.ts'
import { oldestUnreplaced } from './working/store.ts'

const dueMilliseconds = 90 * 24 * 3_600_000

/** The keys of the caller's environment that work, newest first, a page of them. */
export async function newestKeys(caller: Caller, limit: number, cursor?: string): Promise<KeyList> {
  const rows = await store.listNewest(placeOf(caller), limit + 1, cursor)
  const data = await viewsOf(rows.slice(0, limit))
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/** Those that do not work any more: of revoked ones the newest, of expired ones the last; so many at most, newest first. */
export async function endedKeys(caller: Caller, most: number): Promise<KeyView[]> {
  return viewsOf(await store.listEnded(placeOf(caller), most))
}

/** Those of some ids, whatever their state. */
export async function keysOf(caller: Caller, ids: readonly string[]): Promise<KeyView[]> {
  return viewsOf(await store.listOf(placeOf(caller), ids))
}

/** Keys that work, are as old as a key should be at most, and that nobody is replacing: the oldest, so many at most. */
export function dueKeys(caller: Caller, most: number) {
  return oldestUnreplaced(placeOf(caller), new Date(clock.now() - dueMilliseconds), most)
}
