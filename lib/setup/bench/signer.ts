import { createHash, randomBytes, sign } from 'node:crypto'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'

const challengeless = { challenge: 'AAAA', rpId: 'localhost' }

/**
 * Signs in with an authenticator's passkey as cheaply as a load generator must: all but the client data and its signature is
 * the same each time, as the passkey's counter stays 0, and is made once.
 *
 * @returns what a page would send for a challenge, as JSON
 */
export function signerOf(authenticator: SoftwareAuthenticator, id: string): (challenge: string) => string {
  const { privateKey } = authenticator.credentials.get(id) ?? {}
  if (!privateKey) throw new Error('There is no such passkey.')
  const answer = authenticator.get({ ...challengeless, allowCredentials: [{ type: 'public-key', id }] })
  const authenticatorData = Buffer.from(answer.response.authenticatorData, 'base64url')
  const response = { ...answer.response, clientDataJSON: '…', signature: '…' }
  const [head, middle, tail] = JSON.stringify({ ...answer, response }).split('…')
  return (challenge) => {
    const clientData = clientDataOf('get', challenge, authenticator.settings.origin)
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
    const signature = sign('sha256', signed, privateKey).toString('base64url')
    return `${head}${clientData.toString('base64url')}${middle}${signature}${tail}`
  }
}

/**
 * Makes passkeys as cheaply as a load generator must: each has a credential ID of its own, and all of them the same key, which no
 * server may know.
 *
 * @returns what a page would send for a challenge, as JSON
 */
export function makerOf(origin: string): (challenge: string) => string {
  const answer = new SoftwareAuthenticator(uncounted(origin)).create({
    ...{ challenge: challengeless.challenge, rp: { id: challengeless.rpId, name: 'Bench' } },
    ...{
      user: { id: 'AAAA', name: 'bench', displayName: 'Bench' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    },
  })
  const made = Buffer.from(answer.id, 'base64url')
  const [object, data] = [answer.response.attestationObject, answer.response.authenticatorData ?? ''].map((text) => {
    const bytes = Buffer.from(text, 'base64url')
    return { bytes, at: bytes.indexOf(made) }
  }) as [Template, Template]
  const response = { ...answer.response, clientDataJSON: '…', attestationObject: '…', authenticatorData: '…' }
  const parts = JSON.stringify({ ...answer, id: '…', rawId: '…', response }).split('…')
  return (challenge) => {
    const id = randomBytes(made.length)
    const named = id.toString('base64url')
    const clientData = clientDataOf('create', challenge, origin).toString('base64url')
    const own = [named, named, clientData, withId(object, id), withId(data, id)]
    return parts.map((part, at) => `${part}${own[at] ?? ''}`).join('')
  }
}

/** Bytes, and where the credential ID stands in them. */
interface Template {
  bytes: Buffer
  at: number
}

function withId({ bytes, at }: Template, id: Buffer): string {
  const copy = Buffer.from(bytes)
  id.copy(copy, at)
  return copy.toString('base64url')
}

function clientDataOf(what: 'get' | 'create', challenge: string, origin: string): Buffer {
  return Buffer.from(`{"type":"webauthn.${what}","challenge":"${challenge}","origin":"${origin}","crossOrigin":false}`)
}

/** An authenticator whose passkeys are ES256, and whose counters stay 0. */
export function uncounted(origin: string) {
  return { origin, algorithms: [-7], counts: false }
}
