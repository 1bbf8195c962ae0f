import { toBase64url } from '#lib/webauthn/decode/bytes.ts'

/** Credentials that exist nowhere: how many, how long their IDs are in bytes, and how they are to be reached. */
export interface Invented {
  invented: { count: number; length: number; transports: readonly string[] }
}

/** Whether a choice of credentials is for invented ones. */
export function isInvented(value: unknown): value is Invented {
  return typeof value === 'object' && value !== null && 'invented' in value
}

/** The descriptors of invented credentials: the same ones each time, so that what they break can be broken again. */
export function descriptorsOf({ invented: { count, length, transports } }: Invented) {
  return Array.from({ length: count }, (_, at) => {
    const id = toBase64url(Uint8Array.from({ length }, (_, byte) => (at * 37 + byte * 101 + 11) & 255))
    return { id, ...(transports.length ? { transports: [...transports] } : {}) }
  })
}
