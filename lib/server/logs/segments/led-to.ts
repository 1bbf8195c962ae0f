import type { Place } from '../../caller.ts'
import { highestId } from '../../ids.ts'
import { type Lot, type LotFilter, type LotKey, lotsAt, lotsBefore, type Slice } from '../store.ts'
import { partOf, read } from './block.ts'
import * as store from './store.ts'

/** So many segments are looked into at first, and at once; of lots that ended in one moment so many are read. */
const [fewSegments, manySegments, mostOfMoment] = [8, 64, 8]
/** So many of the lots that they lead to are read at first, and at once: most of what is read is of some other request. */
const [fewLots, manyLots] = [2, 32]
/** To look into a segment costs as much as to pass so many requests. */
const requestsOfSegment = 100

/** Of each group a lot has to have one. */
type Terms = readonly (readonly number[])[]

/**
 * Lots of a place in which there may be requests with some terms, slice by slice, the latest first: those that segments lead
 * to, and all that are in none. Whatever is indexed, joined and let go meanwhile, none is left out.
 */
export function ledTo(place: Place, filter: LotFilter, terms: Terms, mostRequests: number) {
  // Of segments that were looked into, the earliest first. What they say never changes.
  const known = new Map<string, number[]>()
  let [atOnce, lotsAtOnce] = [fewSegments, fewLots]

  return async function slice(before: LotKey, lots: number): Promise<Slice> {
    for (;;) {
      // Lots first: what is indexed meanwhile is found in both then, and never in neither.
      const loose = await lotsBefore(place, filter, before, { lots, requests: mostRequests }, 'not indexed')
      const isAll = loose.length < lots && sizeOf(loose) < mostRequests
      const looked = await lookInto(before, isAll ? undefined : loose.at(-1))
      if (!looked) continue
      const { end, segments } = looked
      const few = lotsAtOnce
      const moments = momentsBetween(before, end, few + 1)
      const wanted = moments.slice(0, few)
      if (wanted.length === few) lotsAtOnce = Math.min(few * 2, manyLots)
      const led = await Promise.all(wanted.map((at) => lotsAt(place, filter, at, before, mostOfMoment)))
      const ends: (LotKey | undefined)[] = led.map((found) => (found.length < mostOfMoment ? undefined : found.at(-1)))
      if (moments.length > few) ends.push(behind(wanted.at(-1) as number))
      const next = ends.reduce((one, other) => (isLater(one, other) ? one : other), end)
      const found = new Map([...loose, ...led.flat()].map((lot) => [lot.id, lot]))
      const inOrder = [...found.values()].sort((one, other) => (isLater(one, other) ? -1 : 1))
      const inSlice = inOrder.filter((lot) => !isLater(next, lot))
      return { lots: inSlice, passed: sizeOf(inSlice) + segments * requestsOfSegment, next: next ?? null }
    }
  }

  /**
   * Looks into segments, the latest first, as far as there may be something behind `end` that a slice ends at, and no more than
   * some; undefined where one was joined with others or let go meanwhile.
   */
  async function lookInto(before: LotKey, end: LotKey | undefined) {
    const all = await store.searchedIn(place, { from: filter.from, to: before.at })
    const wanted = all.filter(({ id, last }) => !known.has(id) && !(end && last < end.at)).slice(0, atOnce)
    const blocks = await blocksOf(wanted)
    for (const segment of wanted) {
      const moments = momentsIn(segment, blocks)
      if (!moments) return undefined
      known.set(segment.id, moments)
    }
    atOnce = manySegments
    // What ended with it or before may be in it, too.
    const unknown = all.find(({ id }) => !known.has(id))
    const horizon = unknown && behind(unknown.last + 1)
    const last = isLater(horizon, before) ? before : horizon
    return { end: isLater(last, end) ? last : end, segments: wanted.length }
  }

  /** What segments have where their terms are, by the name of that. */
  async function blocksOf(segments: readonly store.Segment[]): Promise<Map<string, Uint8Array | null>> {
    const parts = new Map<string, store.Part>()
    for (const { id, parts: count } of segments) {
      for (const term of terms.flat()) {
        const part = { id, part: partOf(term, count) }
        parts.set(nameOf(part), part)
      }
    }
    const found = parts.size > 0 ? await store.blocksOf(place, [...parts.values()]) : []
    return new Map(found.map((block) => [nameOf(block), block.moments]))
  }

  /** The moments of a segment's lots that have of each group one of its terms, the earliest first. */
  function momentsIn(segment: store.Segment, blocks: ReadonlyMap<string, Uint8Array | null>): number[] | undefined {
    let common: number[] | undefined
    for (const any of terms) {
      const own: number[] = []
      for (const term of any) {
        const part = partOf(term, segment.parts)
        const block = blocks.get(nameOf({ id: segment.id, part }))
        if (block === undefined) return undefined
        if (block) own.push(...read(block, part, segment, term).moments)
      }
      const all = new Set(own)
      common = common ? common.filter((moment) => all.has(moment)) : any.length === 1 ? own : [...all].sort(byTime)
    }
    return common ?? []
  }

  /** So many of the latest moments of what is known, up to that of `before`, and from that of `end` on. */
  function momentsBetween(before: LotKey, end: LotKey | undefined, most: number): number[] {
    const found = new Set<number>()
    for (const moments of known.values()) {
      while ((moments.at(-1) ?? 0) > before.at) moments.pop()
      for (const moment of moments.slice(-most)) {
        if (moment >= filter.from && moment >= (end?.at ?? 0)) found.add(moment)
      }
    }
    return [...found].sort(byTime).reverse().slice(0, most)
  }
}

function nameOf({ id, part }: store.Part): string {
  return `${id} ${part}`
}

const byTime = (one: number, other: number) => one - other

/** Whether one stands behind another in the order of time, and so is read before it; nothing stands before everything. */
function isLater(one: LotKey | undefined, other: LotKey | undefined): boolean {
  if (!one || !other) return one !== undefined && other === undefined
  return one.at > other.at || (one.at === other.at && one.id > other.id)
}

function sizeOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, { requests }) => sum + requests, 0)
}

/** Behind all lots that ended in a moment or later: nothing has that id. */
function behind(moment: number): LotKey {
  return { at: moment - 1, id: highestId }
}
