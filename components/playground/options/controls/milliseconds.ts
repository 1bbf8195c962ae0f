import { Mistake } from '../mistake.ts'

/** An hour: what the contract takes. */
export const longestTimeout = 3_600_000

/** Why a number is no timeout; undefined where it is one. */
export function whyNoTimeout(milliseconds: number): string | undefined {
  return Number.isInteger(milliseconds) && milliseconds >= 1 && milliseconds <= longestTimeout
    ? undefined
    : `It must be a whole number of milliseconds from 1 to ${longestTimeout.toLocaleString('en')}.`
}

/** A number of milliseconds, undefined where nothing is written, or why it is none. */
export function millisecondsOf(text: string): number | undefined | Mistake {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const why = /^-?[\d.]+$/.test(trimmed)
    ? whyNoTimeout(Number(trimmed))
    : `Milliseconds as a number: “${trimmed.slice(0, 24)}” is text.`
  return why ? new Mistake(why, text) : Number(trimmed)
}
