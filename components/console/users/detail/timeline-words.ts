import type { AuditEvent } from '#lib/contract/audit.ts'
import { type AuditWords, type Piece, sentenceOf } from '../../audit/audit-words.ts'
import { reasonWithin } from '../../reason-words.ts'

export interface TimelineLine {
  tone: 'ok' | 'bad' | 'plain'
  pieces: Piece[]
  /** Why it was refused: the words that lead to the request. */
  reason?: string
}

/** An event in a user's own timeline: what they did themselves is said without their name. */
export function lineOf(event: AuditEvent, words: AuditWords): TimelineLine {
  const { action, actor, user, after } = event
  if (action === 'user.sign_in_refused') {
    return {
      tone: 'bad',
      pieces: ['Refused: '],
      reason: reasonWithin({ reason: String(after?.reason ?? 'verification_failed') }),
    }
  }
  const pieces = sentenceOf(event, words)
  const own = actor.type === 'user' && actor.id === user?.id
  return { tone: action === 'user.signed_in' ? 'ok' : 'plain', pieces: own ? withoutActor(pieces) : pieces }
}

function withoutActor(pieces: Piece[]): Piece[] {
  const at = pieces.findIndex((piece) => typeof piece !== 'string' && piece.of === 'actor')
  const [first, ...rest] = pieces.slice(at + 1)
  return typeof first === 'string' ? [capital(first.trimStart()), ...rest] : pieces
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** A day as a heading: “Today”, “23 November”, with its year where that is another. */
export function dayWords(day: string, now: Date = new Date()): string {
  const date = new Date(day)
  if (date.toDateString() === now.toDateString()) return 'Today'
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', ...year })
}
