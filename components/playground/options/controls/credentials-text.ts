import { beginningOf } from '#lib/webauthn/beginning.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { Mistake } from '../mistake.ts'

/** What WebAuthn calls the ways to an authenticator. */
export const transports = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal'] as const

/** A credential that a list names. */
export type Named = string | { id: string; transports?: string[] }

const longestId = 1364
export const mostIds = 64

/** Why a base64url text names no credential; undefined where it does. */
export function whyNoId(id: string): string | undefined {
  if (!id) return 'An ID is empty.'
  if (id.length > longestId) return `${id.slice(0, 24)}… has more than 1,023 bytes, which no credential ID has.`
  return fromBase64url(id) === null ? `${id.length > 24 ? `${beginningOf(id, 24)}…` : id} is not base64url.` : undefined
}

/** Credentials as they are written: IDs divided by white space or commas, each followed by its transports, if it has any. */
export function credentialIdsOf(text: string): Named[] | Mistake {
  const named: Named[] = []
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const last = named.at(-1)
    if (last !== undefined && (transports as readonly string[]).includes(word)) {
      const { id, transports: before = [] } = typeof last === 'string' ? { id: last } : last
      named[named.length - 1] = { id, transports: [...before, word] }
      continue
    }
    const why = whyNoId(word)
    if (why) return new Mistake(why, text)
    named.push(word)
  }
  return named.length > mostIds ? new Mistake(`At most ${mostIds} IDs; these are ${named.length}.`, text) : named
}

/** The same credentials as they are written, one a line. */
export function writtenCredentials(named: readonly Named[]): string {
  return named
    .map((each) => (typeof each === 'string' ? each : [each.id, ...(each.transports ?? [])].join(' ')))
    .join('\n')
}
