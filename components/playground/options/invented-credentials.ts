import { toBase64url } from '#lib/webauthn/decode/bytes.ts'

/** Credentials that exist nowhere: how many, how long their IDs are in bytes, and how they are to be reached. */
export interface Invented {
  invented: { count: number; length: number; transports: readonly string[] }
}

/** Whether a choice of credentials is for invented ones. */
export function isInvented(value: unknown): value is Invented {
  return Boolean((value as Partial<Invented> | null | undefined)?.invented)
}

/**
 * The descriptors of invented credentials: the same ones each time, so that what they break can be broken again. An address or
 * a file may ask for any number: no more and no longer ones are made than the page itself asks for.
 */
export function descriptorsOf({ invented: { count, length, transports } }: Invented) {
  return Array.from({ length: upTo(64, count) }, (_, at) => {
    const id = toBase64url(
      Uint8Array.from({ length: upTo(1023, length) }, (_, byte) => (at * 37 + byte * 101 + 11) & 255),
    )
    return { id, ...(Array.isArray(transports) && transports.length ? { transports } : {}) }
  })
}

function upTo(most: number, number: unknown): number {
  return typeof number === 'number' ? Math.min(most, number) : 0
}
