import { customAlphabet } from 'nanoid'
import { base62 } from '#lib/contract/api-key-format.ts'
import { clock } from './clock.ts'

const random = customAlphabet(base62)

/** `length` random base62 characters, 5.95 bits each. */
export function randomText(length: number): string {
  return random(length)
}

/**
 * A new id that says what it names: tenants `tnt`, users `usr`, passkeys `psk`, ceremonies `cer`, members `mem`, invitations
 * `inv`, sessions `ses`, logos `lgo`, OAuth clients `cli`, their secrets `sec`, approvals that they ask for `apr`, webhook
 * endpoints `we`, what they are told `msg`, what they are told as a test `msg_test`, ledger transactions `txn`, payment methods
 * `pm`, top-ups `top`, runs of skills `run`, trust anchors `anc`, hand-offs `hof`.
 */
export function newId(prefix: Prefix): string {
  return `${prefix}_${random(['cer', 'lgo', 'apr', 'run'].includes(prefix) ? 24 : 14)}`
}

/** A text that stands behind every id that sorts. */
export const behindAll = '~'

const [width, timeWidth, countWidth] = [24, 9, 4]
/** The last id that sorts, which nothing has. */
export const highestId = 'z'.repeat(width)
const mostInOne = 36 ** countWidth - 1
const unlike = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', width - timeWidth - countWidth)

// The Next bundle and the entry point are separate module graphs of one process: they count together.
const shared = globalThis as { playgroundSorted?: { at: number; count: number } }

/**
 * A new id that sorts, as text, by when it was made: the milliseconds, a count within them, and random letters, since other
 * processes make such ids, too. Of one process each sorts behind those that it made before, also where its clock was turned
 * back.
 */
export function newSortedId(): string {
  shared.playgroundSorted ??= { at: 0, count: 0 }
  const last = shared.playgroundSorted
  const now = clock.now()
  if (now > last.at) Object.assign(last, { at: now, count: 0 })
  else if (last.count < mostInOne) last.count++
  else Object.assign(last, { at: last.at + 1, count: 0 })
  const digits = (value: number, length: number) => value.toString(36).padStart(length, '0')
  return digits(last.at, timeWidth) + digits(last.count, countWidth) + unlike()
}

/** Such an id as a cursor has it, which may be the number that stood for it once; undefined for anything else. */
export function sortedIdOf(text: string): string | undefined {
  if (/^\d{1,15}$/.test(text)) return text.padStart(width, '0')
  return text.length === width && /^[\da-z]+$/.test(text) ? text : undefined
}

type Prefix =
  | ('tnt' | 'usr' | 'psk' | 'cer' | 'mem' | 'inv' | 'ses' | 'lgo')
  | ('cli' | 'sec' | 'apr')
  | ('we' | 'msg' | 'msg_test')
  | ('txn' | 'pm' | 'top')
  | ('run' | 'anc' | 'hof')
