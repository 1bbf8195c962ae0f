import type { ManagedRunList, SkillRunList } from '#lib/contract/skills.ts'
import { type Caller, type Place, placeOf } from '../../caller.ts'
import { Problem } from '../../problem.ts'
import { endIfLost } from './ending.ts'
import * as store from './store.ts'
import { managedRunView, outputOf, runView, withOutput } from './view.ts'

interface Which {
  limit?: number
  cursor?: string | undefined
  skillId?: string | undefined
}

/** The runs of the caller's environment, newest first; with a token that acts for a user, theirs. */
export async function listRuns(caller: Caller, which: Which = {}): Promise<SkillRunList> {
  return page(placeOf(caller), { ...which, userId: caller.user?.id }, runView)
}

/** The same for members: with who asked. */
export async function listManagedRuns(caller: Caller, which: Which = {}): Promise<ManagedRunList> {
  return page(placeOf(caller), which, managedRunView)
}

/**
 * One run with what came out of it, as JSON.
 *
 * @throws Problem not_found
 */
export async function readRun(caller: Caller, id: string): Promise<string> {
  const run = await found(placeOf(caller), id, caller.user?.id)
  return withOutput(runView(run), outputOf(run))
}

/**
 * The same for members: with who asked, and of one that failed what its endpoint said.
 *
 * @throws Problem not_found
 */
export async function readManagedRun(caller: Caller, id: string): Promise<string> {
  const run = await found(placeOf(caller), id)
  return withOutput({ ...managedRunView(run), excerpt: run.excerpt }, outputOf(run))
}

async function found(place: Place, id: string, userId?: string): Promise<store.StoredRun> {
  const run = await store.find(place, id, userId)
  if (!run) throw new Problem('not_found', 'There is no run of this id here.')
  return endIfLost(run)
}

async function page<View extends { id: string }>(
  place: Place,
  { limit = 50, cursor, ...filter }: Which & { userId?: string | undefined },
  view: (run: Awaited<ReturnType<typeof store.list>>[number]) => View,
) {
  const rows = await store.list(place, filter, limit + 1, cursor)
  const data = rows.slice(0, limit).map(view)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}
