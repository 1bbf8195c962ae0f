import type { SkillCall } from '#lib/contract/skills.ts'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import type { WebhookData } from '#lib/contract/webhook-events.ts'
import { readAtMost } from './read-at-most.ts'

export type { SkillCall, WebhookData, WebhookEventType }

/**
 * An event, as an endpoint gets it: its `type` says what its `data` holds. A server that is newer than this package may tell
 * of types that are not among these.
 */
export type WebhookEvent = { [Type in WebhookEventType]: WebhookEventOf<Type> }[WebhookEventType]

/** An event of one type. */
export interface WebhookEventOf<Type extends WebhookEventType> {
  /** The same for every attempt: an event that was handled is known by it. */
  id: string
  /** Somebody sent it as a test: nothing of the kind happened, and its data are an example's. Signed, as the id is. */
  test: boolean
  type: Type
  /** When it happened, ISO 8601. */
  timestamp: string
  data: WebhookData[Type]
}

/** The request is not to be believed. */
export class WebhookRefusedError extends Error {
  override name = 'WebhookRefusedError'
  /** Stable: `headers` missing or malformed; `timestamp` too far from now, as of a request that is sent again; `signature`; `body` too large, or not what it should be. */
  readonly reason: 'headers' | 'timestamp' | 'signature' | 'body'

  constructor(reason: WebhookRefusedError['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

interface Verifying {
  /** Seconds by which the request's time may differ from now: 300 by default. */
  tolerance?: number
}

/**
 * Verifies a webhook's request by the endpoint's secret (`whsec_…`) or its public key (`whpk_…`), and reads its event. The
 * body is read as it came, at most a megabyte of it: a framework must not have parsed it before. During a rotation give both
 * secrets.
 *
 * @throws WebhookRefusedError; TypeError for a secret that is none
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function verifyWebhook(
  request: Request,
  secret: string | readonly string[],
  verifying: Verifying = {},
): Promise<WebhookEvent> {
  const { id, body } = await signed(request, secret, verifying)
  const { type, timestamp, data } = membersOf(body)
  if (typeof type !== 'string')
    throw new WebhookRefusedError('body', 'The request is signed, and its body is no event.')
  return { id, test: id.startsWith('msg_test_'), type, timestamp, data } as WebhookEvent
}

/**
 * Verifies the call of a skill's endpoint by the skill's secret, as a webhook's, and reads what it asks for. Its input is of
 * the skill's input schema: the server calls with no other.
 *
 * @throws WebhookRefusedError; TypeError for a secret that is none
 */
export async function verifySkillCall<Input = unknown>(
  request: Request,
  secret: string | readonly string[],
  verifying: Verifying = {},
): Promise<SkillCall & { input: Input }> {
  const { body } = await signed(request, secret, verifying)
  const { runId, skillId, environment, tenant, input } = membersOf(body)
  if (typeof runId !== 'string' || typeof skillId !== 'string' || input === undefined)
    throw new WebhookRefusedError('body', 'The request is signed, and its body is no call of a skill.')
  return { runId, skillId, environment, tenant, input } as SkillCall & { input: Input }
}

/** The id and the body of a request that one of these secrets signed, and not long ago. */
async function signed(
  request: Request,
  secret: string | readonly string[],
  { tolerance = 300 }: Verifying,
): Promise<{ id: string; body: string }> {
  const keys = await Promise.all([secret].flat().map(keyOf))
  const header = (name: string) => request.headers.get(name) ?? ''
  const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')]
  if (!id || !/^\d{1,12}$/.test(timestamp))
    throw new WebhookRefusedError('headers', 'The request lacks webhook-id or webhook-timestamp.')
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= tolerance))
    throw new WebhookRefusedError('timestamp', 'The request is of another time. Look at this machine’s clock.')
  if (request.bodyUsed) throw new TypeError('The request’s body was read before. Verify the request as it came.')
  const signatures = signaturesOf(header('webhook-signature'))
  const body = signatures.length > 0 ? await readAtMost(request.body, maxBytes) : new Uint8Array()
  if (!body) throw new WebhookRefusedError('body', `The request has more than ${maxBytes} bytes.`)
  const head = new TextEncoder().encode(`${id}.${timestamp}.`)
  const content = new Uint8Array(head.length + body.length)
  content.set(head)
  content.set(body, head.length)
  const verdicts = keys.flatMap((key) => signatures.map((signature) => verifies(key, signature, content)))
  if (!(await Promise.all(verdicts)).includes(true))
    throw new WebhookRefusedError('signature', 'No signature of the request is by this secret.')
  return { id, body: new TextDecoder().decode(body) }
}

/** More than any request of the server's has. Until it is verified, whatever comes is a stranger's. */
const maxBytes = 1024 * 1024
/** Likewise: two secrets and a key pair sign at the most. */
const maxSignatures = 10
/** Bytes of a signature: HMAC-SHA-256, Ed25519. */
const lengths = { v1: 32, v1a: 64 }

interface Signature {
  version: keyof typeof lengths
  bytes: Uint8Array<ArrayBuffer>
}

/** Those of a header that can be one at all. */
function signaturesOf(header: string): Signature[] {
  const all = header.split(' ').flatMap((part): Signature[] => {
    const [version = '', encoded = ''] = part.split(',')
    if (version !== 'v1' && version !== 'v1a') return []
    const bytes = bytesOf(encoded)
    return bytes?.length === lengths[version] ? [{ version, bytes }] : []
  })
  return all.slice(0, maxSignatures)
}

interface Key {
  version: Signature['version']
  algorithm: string
  key: CryptoKey
}

async function keyOf(text: string): Promise<Key> {
  const [, prefix, encoded = ''] = /^(whsec|whpk)_(.+)$/.exec(text.trim()) ?? []
  const bytes = bytesOf(encoded)
  if (!prefix || !bytes) throw new TypeError('A webhook is verified by its secret, whsec_…, or its public key, whpk_….')
  const version = prefix === 'whsec' ? 'v1' : 'v1a'
  const algorithm = version === 'v1' ? { name: 'HMAC', hash: 'SHA-256' } : { name: 'Ed25519' }
  return {
    version,
    algorithm: algorithm.name,
    key: await crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify']),
  }
}

/** Compared in constant time, by the platform's own cryptography. */
async function verifies(
  { version, algorithm, key }: Key,
  signature: Signature,
  content: BufferSource,
): Promise<boolean> {
  return signature.version === version && crypto.subtle.verify(algorithm, key, signature.bytes, content)
}

/** The members of a JSON object; none for anything else. */
function membersOf(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) }
  } catch {
    return {}
  }
}

/** Undefined for what is no base64. */
function bytesOf(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
