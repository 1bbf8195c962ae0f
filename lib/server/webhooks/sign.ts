import { createHmac, type KeyObject, sign } from 'node:crypto'

interface Signed {
  /** The same for every attempt of an event: receivers know it again by it. */
  id: string
  timestamp: Date
  /** To the byte as it is sent. */
  body: string | Buffer
  /** `whsec_…`, each of which signs. */
  secrets: readonly string[]
  /** Ed25519; where there is one, it signs, too. */
  privateKey?: KeyObject | undefined
}

export type SignatureHeaders = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>

/**
 * The headers of Standard Webhooks: a signature `v1` (HMAC-SHA-256) by each secret, and `v1a` (Ed25519) by the private key.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureHeaders({ id, timestamp, body, secrets, privateKey }: Signed): SignatureHeaders {
  const seconds = String(Math.floor(timestamp.getTime() / 1000))
  const content = Buffer.concat([Buffer.from(`${id}.${seconds}.`), Buffer.from(body)])
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`,
  )
  if (privateKey) signatures.push(`v1a,${sign(null, content, privateKey).toString('base64')}`)
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(secretPrefix.length), 'base64')
}

/** How a signing secret begins; the rest of it is base64. */
export const secretPrefix = 'whsec_'
