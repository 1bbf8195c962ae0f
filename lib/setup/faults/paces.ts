import { setTimeout as elapse } from 'node:timers/promises'
import { expect } from 'vitest'
import { isWhole } from './whole.ts'

// Before a fault, and from ten seconds after it on, so long is measured; in milliseconds.
const [span, respite] = [5_000, 10_000]

export interface Paces {
  /** An answer took so long. */
  note(milliseconds: number): void
  /** Measures before and after something that goes wrong: whole alone, since it needs time and says nothing of a busy machine. */
  around(name: string, happen: () => Promise<unknown>): Promise<void>
  /** Asserts that after each of them 99 of 100 answers were soon as quick as before. */
  judge(): void
}

/** How long answers take, as faults come and go. */
export function pacesOf(): Paces {
  let noted: number[] = []
  const found: { name: string; before: number; after: number }[] = []
  async function p99(): Promise<number> {
    noted = []
    await elapse(span)
    const sorted = noted.sort((one, other) => one - other)
    return sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY
  }
  return {
    note: (milliseconds) => void noted.push(milliseconds),
    async around(name, happen) {
      if (!isWhole) return void (await happen())
      const before = await p99()
      await happen()
      await elapse(respite)
      const after = await p99()
      found.push({ name, before, after })
      console.info(`${name}: p99 ${before.toFixed(0)} ms before, ${after.toFixed(0)} ms ten seconds after`)
    },
    judge: () => expect(found.filter(({ before, after }) => after > 2 * before + 100)).toEqual([]),
  }
}
