import { fromBase64url, toBase64url } from '#lib/webauthn/decode/bytes.ts'
import { longestText } from '#lib/webauthn/decode/recognise.ts'

/** From here on compressing makes a link shorter. */
const long = 200

/**
 * A text as a URL's fragment, which no browser sends: `t=` and its bytes, or, where that is shorter, `z=` and the bytes
 * deflated. Both in base64url.
 */
export async function toFragment(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length >= long && 'CompressionStream' in globalThis) {
    const packed = await through(bytes, new CompressionStream('deflate-raw'), bytes.length)
    if (packed && packed.length < bytes.length) return `z=${toBase64url(packed)}`
  }
  return `t=${toBase64url(bytes)}`
}

/**
 * The text of a fragment; undefined where there is none in it, and null where there is one that cannot be read: broken, or
 * longer unpacked than is read here.
 */
export async function fromFragment(fragment: string): Promise<string | null | undefined> {
  const [, form, written] = /^#?([tz])=(.*)$/.exec(fragment) ?? []
  if (!form || written === undefined) return undefined
  const bytes = fromBase64url(written)
  if (!bytes) return null
  const most = 4 * longestText
  const text = form === 't' ? bytes : await unpacked(bytes, most)
  return text && text.length <= most ? new TextDecoder().decode(text) : null
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array | null> {
  return 'DecompressionStream' in globalThis ? through(bytes, new DecompressionStream('deflate-raw'), most) : null
}

/** What comes out of a stream; null where it breaks, or is more than `most`, of which no more is asked for. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > most) {
        await reader.cancel()
        return null
      }
      chunks.push(next.value)
    }
  } catch {
    return null
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
