import { createHash, sign } from 'node:crypto'
import type { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'

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
    const clientData = Buffer.from(
      `{"type":"webauthn.get","challenge":"${challenge}","origin":"${authenticator.settings.origin}","crossOrigin":false}`,
    )
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
    const signature = sign('sha256', signed, privateKey).toString('base64url')
    return `${head}${clientData.toString('base64url')}${middle}${signature}${tail}`
  }
}

/** An authenticator whose passkeys are ES256, and whose counters stay 0. */
export function uncounted(origin: string) {
  return { origin, algorithms: [-7], counts: false }
}
