import { setImmediate as otherWork } from 'node:timers/promises'
import type { Place } from '../../caller.ts'
import { newSortedId } from '../../ids.ts'
import { read as rowsRead } from '../row.ts'
import { type LotKey, rowsOf } from '../store.ts'
import { type Block, type Pairs, partOf, partsFor, written } from './block.ts'
import { mergeSegments } from './merge-segments.ts'
import * as store from './store.ts'
import { termsOf } from './term.ts'

/** So many lots are in a segment at first: fewer are looked through as quickly. */
const atFirst = 32
/** Segments are written at one time: nothing waits for long, and what is left is indexed the next. */
const atOneTime = 400
const [unsearchedAtOnce, blocksAtOnce, lotsAtOnce] = [100, 100, 4]

/**
 * Brings lots of the log into segments, which lead to requests by address, by who asked, and by user. In the background: a row
 * for each request and term would cost several times what the log does, and what is indexed together is written one behind the
 * other. A lot is in one segment, or is looked through; what a process that was killed left is let go.
 */
export async function indexLogs(segments = atOneTime): Promise<void> {
  await indexUpTo(segments)
}

/**
 * Indexes all that is to be, and lets go all that goes: for whoever fills a database.
 *
 * @param fewest as many lots of a place at least
 */
export async function indexAll(fewest = atFirst): Promise<void> {
  while (!(await indexUpTo(atOneTime, fewest))) await otherWork()
}

/** Whether that was all. */
async function indexUpTo(segments: number, fewest = atFirst): Promise<boolean> {
  await removeUnsearched()
  let left = segments
  let after: Place | undefined
  for (let isLast = false; !isLast && left > 0; ) {
    const found = await store.placesBehind(after)
    isLast = found.isLast
    // Of the last, not all may have been counted.
    const [last, ...before] = found.places.toReversed()
    after = !isLast && last && last.lots < fewest && before.length > 0 ? before[0] : last
    for (const { tenantId, environment, lots } of found.places) {
      if (lots < fewest || left <= 0) continue
      const place = { tenantId, environment }
      while (left > 0 && (await indexSome(place, fewest))) left--
      await mergeSegments(place)
    }
    await otherWork()
  }
  await removeUnsearched()
  return left > 0
}

/** Indexes the oldest lots of a place that are not yet; whether there may be more. */
async function indexSome(place: Place, fewest: number): Promise<boolean> {
  const lots = await store.oldestUnindexed(place, atFirst)
  const [first, last] = [lots[0], lots.at(-1)]
  if (!first || !last || lots.length < fewest) return false
  const pairs = await pairsOf(place, lots)
  const shape = { first: first.at, parts: partsFor(pairs.hashes.length) }
  const segment = { id: newSortedId(), ...shape, last: last.at, lots: lots.length, pairs: pairs.hashes.length }
  const blocks = blocksOf(pairs, shape)
  await otherWork()
  await store.begin(place, segment, blocks)
  await otherWork()
  return store.searchFirst(place, segment, [first, last])
}

/** What lots can be found by, and when they ended. */
async function pairsOf(place: Place, lots: readonly LotKey[]): Promise<Pairs> {
  const found: number[] = []
  for (let from = 0; from < lots.length; from += lotsAtOnce) {
    const texts = await Promise.all(lots.slice(from, from + lotsAtOnce).map((lot) => rowsOf(place, lot)))
    // A number that sorts by its hash, then by its lot: they stand in the order of their moments.
    for (const [at, text] of texts.entries())
      for (const row of rowsRead(text ?? '[]')) for (const term of termsOf(row)) found.push(term * atFirst + from + at)
    await otherWork()
  }
  const sorted = Float64Array.from(found).sort()
  await otherWork()
  const pairs: Pairs = { hashes: [], moments: [] }
  let before = -1
  for (const pair of sorted) {
    if (pair === before) continue
    before = pair
    pairs.hashes.push(Math.floor(pair / atFirst))
    pairs.moments.push((lots[pair % atFirst] as LotKey).at)
  }
  await otherWork()
  return pairs
}

function blocksOf({ hashes, moments }: Pairs, shape: { first: number; parts: number }): Block[] {
  const blocks: Block[] = []
  for (let from = 0; from < hashes.length; ) {
    const part = partOf(hashes[from] as number, shape.parts)
    let end = from + 1
    while (end < hashes.length && partOf(hashes[end] as number, shape.parts) === part) end++
    const own = { hashes: hashes.slice(from, end), moments: moments.slice(from, end) }
    blocks.push({ part, moments: written(own, part, shape) })
    from = end
  }
  return blocks
}

async function removeUnsearched(): Promise<void> {
  for (;;) {
    const some = await store.unsearched(unsearchedAtOnce)
    for (const segment of some) {
      await store.giveUp(segment)
      while (!(await store.removeSome(segment, blocksAtOnce))) await otherWork()
    }
    if (some.length < unsearchedAtOnce) return
  }
}
