import { setImmediate as otherWork } from 'node:timers/promises'
import type { Place } from '../../caller.ts'
import { newSortedId } from '../../ids.ts'
import { type Block, type Pairs, partsFor, read, type Shape, written } from './block.ts'
import * as store from './store.ts'
import { hashes } from './term.ts'

/** Segments of fewer lots become one that has so many: first of the one size, then of the other. */
const sizes = [256, 4_096]
// What is done of them in one turn keeps nobody waiting.
const [blocksRead, blocksWritten] = [4, 32]

/**
 * Makes larger segments of a place's small ones, so that a search looks into a few of them, however many requests there are. What
 * is written so is searched in place of the others in one commit, once it is whole.
 */
export async function mergeSegments(place: Place): Promise<void> {
  for (const size of sizes) {
    for (;;) {
      const some = await smallOnes(place, size)
      if (!some || !(await merge(place, some))) break
    }
  }
}

/** The oldest segments of fewer lots, where together they have so many. */
async function smallOnes(place: Place, size: number): Promise<store.Segment[] | undefined> {
  const all = await store.searchedIn(place, { from: 0, to: Number.MAX_SAFE_INTEGER })
  const some: store.Segment[] = []
  let lots = 0
  for (const segment of all.toReversed()) {
    if (segment.lots >= size) continue
    some.push(segment)
    lots += segment.lots
    if (lots >= size) return some
  }
  return undefined
}

async function merge(place: Place, some: readonly store.Segment[]): Promise<boolean> {
  const sum = (of: 'lots' | 'pairs') => some.reduce((all, segment) => all + segment[of], 0)
  const shape = { first: Math.min(...some.map(({ first }) => first)), parts: partsFor(sum('pairs')) }
  const last = Math.max(...some.map((segment) => segment.last))
  const segment = { id: newSortedId(), ...shape, last, lots: sum('lots'), pairs: sum('pairs') }
  await store.begin(place, segment)
  const readers = some.map((one) => new Reader(place, one))
  let blocks: Block[] = []
  for (let part = 0; part < shape.parts; part++) {
    const end = (part + 1) * (hashes / shape.parts)
    for (const reader of readers) if (reader.lacks(end)) await reader.fill(end)
    const pairs = joined(readers, end)
    if (pairs.hashes.length > 0) blocks.push({ part, moments: written(pairs, part, shape) })
    if (blocks.length < blocksWritten && part + 1 < shape.parts) continue
    await otherWork()
    await store.addBlocks(place, segment.id, blocks)
    blocks = []
    await otherWork()
  }
  return store.replace(
    place,
    segment.id,
    some.map(({ id }) => id),
  )
}

/** Reads the pairs of a segment in their order, some blocks at a time. */
class Reader {
  #place: Place
  #id: string
  #shape: Shape
  #part = 0
  #pairs: Pairs = { hashes: [], moments: [] }
  #at = 0

  constructor(place: Place, { id, first, parts }: store.Segment) {
    this.#place = place
    this.#id = id
    this.#shape = { first, parts }
  }

  /** Whether there may be more below a hash than what was read. */
  lacks(end: number): boolean {
    return this.#part * (hashes / this.#shape.parts) < end
  }

  async fill(end: number): Promise<void> {
    const [from, rest] = [this.#at, this.#pairs]
    this.#pairs = { hashes: rest.hashes.slice(from), moments: rest.moments.slice(from) }
    this.#at = 0
    while (this.lacks(end)) {
      const blocks = await store.blocksFrom(this.#place, this.#id, this.#part, blocksRead)
      for (const { part, moments } of blocks) {
        const found = read(moments, part, this.#shape)
        for (const hash of found.hashes) this.#pairs.hashes.push(hash)
        for (const moment of found.moments) this.#pairs.moments.push(moment)
      }
      this.#part = blocks.length < blocksRead ? this.#shape.parts : (blocks.at(-1) as Block).part + 1
    }
  }

  get hash(): number {
    return this.#pairs.hashes[this.#at] ?? hashes
  }

  get moment(): number {
    return this.#pairs.moments[this.#at] ?? Number.POSITIVE_INFINITY
  }

  next(): void {
    this.#at++
  }
}

/** The pairs of all below a hash, in their order, each once. */
function joined(readers: readonly Reader[], end: number): Pairs {
  const pairs: Pairs = { hashes: [], moments: [] }
  let [lastHash, lastMoment] = [-1, -1]
  for (;;) {
    let [hash, moment, least] = [end, Number.POSITIVE_INFINITY, undefined as Reader | undefined]
    for (const reader of readers) {
      if (reader.hash > hash || (reader.hash === hash && reader.moment >= moment)) continue
      ;[hash, moment, least] = [reader.hash, reader.moment, reader]
    }
    if (!least || hash >= end) return pairs
    least.next()
    if (hash === lastHash && moment === lastMoment) continue
    ;[lastHash, lastMoment] = [hash, moment]
    pairs.hashes.push(hash)
    pairs.moments.push(moment)
  }
}
