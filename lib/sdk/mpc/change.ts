import { base64urlnopad } from '@scure/base'
import canonicalize from 'canonicalize'
import type { Action } from '#lib/contract/action.ts'
import { changeWords } from './change-words.ts'

/** What an update sets, or what new shares are for. */
export type Change = NonNullable<Action['change']>

/** A change as its user approves it: in words, and bound by the hash of its canonical JSON (RFC 8785). */
export async function approvedChange(title: string, change: Change) {
  const bytes = new TextEncoder().encode(String(canonicalize(change)))
  const messageHash = base64urlnopad.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  return { messageHash, change, display: { title, lines: changeWords(change) } }
}
