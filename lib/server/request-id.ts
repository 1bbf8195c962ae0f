import { randomUUID } from 'node:crypto'
import { clock } from './clock.ts'

const ofVersion7 = /^([\da-f]{8})-([\da-f]{4})-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/**
 * A new id of a request: a UUID of version 7, which says when, so that a request is found by it among millions. Node's own
 * random one, with the time where that version has it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function newRequestId(): string {
  const now = clock.now()
  if (now !== latest.at) {
    const time = now.toString(16).padStart(12, '0')
    latest = { at: now, text: `${time.slice(0, 8)}-${time.slice(8)}-7` }
  }
  return latest.text + randomUUID().slice(15)
}

/** The beginning of ids of one millisecond, in which there may be many. */
let latest = { at: -1, text: '' }

/** When a request began, by its id, in epoch milliseconds; undefined for what is no id of a request. */
export function timeOfRequest(id: string): number | undefined {
  const [, first, second] = ofVersion7.exec(id) ?? []
  return first && second ? Number.parseInt(first + second, 16) : undefined
}
