import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryOf } from '../faketime.mjs'

/** What sets the clock of a process; undefined where the machine has none. */
export const library: string | undefined = process.env.LIBFAKETIME || libraryOf()

/** A clock on the wall that is set while processes run by it; what they time with a clock that nobody sets goes on. */
export class SetClock {
  readonly #file: string
  /** How many hours it is ahead. */
  hours = 0

  constructor(folder: string) {
    this.#file = join(folder, 'clock')
    this.set(0)
  }

  set(hours: number): void {
    this.hours = hours
    // In one step, whoever reads it.
    writeFileSync(`${this.#file}.new`, `${hours < 0 ? '-' : '+'}${Math.abs(hours) * 3600}`)
    renameSync(`${this.#file}.new`, this.#file)
  }

  /** Its time now, in epoch milliseconds. */
  now(): number {
    return Date.now() + this.hours * 3_600_000
  }

  /** Has a process go by it. */
  settings(): Record<string, string> {
    return {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    }
  }
}
