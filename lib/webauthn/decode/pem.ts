import { count } from './count.ts'
import { privateKey } from './private-key.ts'
import { writtenBytes } from './written-bytes.ts'

/** One block between a BEGIN and an END line. */
export interface PemBlock {
  /** Of `byteKinds`. */
  kind: string
  /** With its article. */
  name: string
  title: string
  bytes: Uint8Array
  /** The block as it was written. */
  text: string
  errors: string[]
}

/** How many blocks are read: several times what real chains have. */
const most = 16

const labels: Readonly<Record<string, { kind: string; name: string }>> = {
  CERTIFICATE: { kind: 'certificate', name: 'a certificate' },
  'PUBLIC KEY': { kind: 'public-key', name: 'a public key' },
}

export function looksLikePem(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]{1,40}-----/.test(text)
}

/**
 * The blocks of a text in PEM, in its order. A block without its END is read up to where it stops. Of a private key nothing
 * is shown.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function pemBlocks(text: string): PemBlock[] {
  const found = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)(-----END [A-Z0-9 ]{1,40}-----)?/g)]
  const blocks = found.slice(0, most).map(([whole, label = '', body = '', end], at): PemBlock => {
    const { kind, name } = labels[label] ?? { kind: 'bytes', name: `a PEM block of the type ${label}` }
    const title = found.length > 1 ? `${label.toLowerCase()} ${at + 1}` : label.toLowerCase()
    if (label.endsWith('PRIVATE KEY')) {
      const { kind, name, error } = privateKey
      return {
        kind,
        name,
        title,
        bytes: new Uint8Array(),
        text: '',
        errors: [found.length > 1 ? `${title}: ${error}` : error],
      }
    }
    const [read] = writtenBytes(body).filter(({ written }) => written !== 'hex')
    const faults = [
      ...(read?.errors ?? ['nothing stands between its lines']),
      ...(end ? [] : ['the line END is missing']),
    ]
    const errors = faults.map((fault) => `${title}: ${fault}`)
    return { kind, name, title, bytes: read?.bytes ?? new Uint8Array(), text: whole, errors }
  })
  if (found.length > most) blocks.at(-1)?.errors.push(`${count(found.length, 'block')}, where at most ${most} are read`)
  return blocks
}
