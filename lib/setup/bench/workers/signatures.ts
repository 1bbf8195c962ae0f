import { createHash, createPublicKey, verify } from 'node:crypto'
import { verifySignature } from '@simplewebauthn/server/helpers'
import { encode } from 'cborg'
import { isSigned } from '#lib/server/passkeys/signature.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { coseKeyOf } from '#lib/testing/key.ts'
import { serveTurns } from './turns.ts'

// One assertion of ES256: verified as a sign-in is, by SimpleWebAuthn, and by Node alone with all of it prepared.

const origin = 'http://localhost:3000'
const challenge = Buffer.alloc(32, 7).toString('base64url')
const authenticator = new SoftwareAuthenticator({ origin, algorithms: [-7] })
const user = { id: challenge, name: 'ada', displayName: 'Ada' }
const pubKeyCredParams = [{ type: 'public-key' as const, alg: -7 }]
const { id } = authenticator.create({ rp: { id: 'localhost', name: 'Bench' }, user, challenge, pubKeyCredParams })
const privateKey = authenticator.credentials.get(id)?.privateKey
if (!privateKey) throw new Error('There is no credential.')
const cose = Uint8Array.from(encode(coseKeyOf(privateKey, -7)))
const { response } = authenticator.get({ challenge, rpId: 'localhost', allowCredentials: [{ type: 'public-key', id }] })

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))
const hash = createHash('sha256').update(bytesOf(response.clientDataJSON)).digest()
const data = Uint8Array.from([...bytesOf(response.authenticatorData), ...hash])
const signature = bytesOf(response.signature)
const publicKey = createPublicKey(privateKey)

function good(verified: boolean | undefined): void {
  if (!verified) throw new Error('A good signature was refused.')
}

serveTurns({
  ours: () => async () => good(isSigned(response, cose)),
  bare: () => async () => good(verify('sha256', data, publicKey, signature)),
  SimpleWebAuthn: () => async () => good(await verifySignature({ signature, data, credentialPublicKey: cose })),
})
