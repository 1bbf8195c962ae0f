import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { encode } from 'cborg'
import {
  attestationSubject,
  type MadeCertificate,
  makeCertificate,
} from '#lib/server/attestation/certificates-for-tests.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { coseKeyOf } from '#lib/testing/key.ts'

/** What recorded registrations were asked with. */
export const asked = {
  challenge: 'YW4gZXhhbXBsZeKAmXMgY2hhbGxlbmdl',
  origin: 'https://example.org',
  rpId: 'example.org',
}

/** The model that attested registrations are of. */
export const model = '7ac4e517-0000-4000-8000-0000000000a1'

const es256 = -7
const ed448 = -53
/** The algorithm that a key signs by, by Node's name of its type. */
const algorithms: Readonly<Record<string, number>> = { ec: es256, ed25519: -8, ed448 }

/**
 * A registration with a packed attestation as a log has it, for who was not there: signed by the first of its certificates, or,
 * without one, by its own key on Ed448.
 */
export function packedRegistration(
  certificates: readonly MadeCertificate[],
  change: (signature: Uint8Array) => Uint8Array = (signature) => signature,
) {
  const own =
    certificates.length > 0 ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed448')
  const signer = certificates[0]?.privateKey ?? own.privateKey
  const { response, id, rawId } = new SoftwareAuthenticator({ origin: asked.origin, aaguid: model }).create(
    {
      rp: { id: asked.rpId, name: 'Example' },
      user: { id: 'YWRh', name: 'ada', displayName: 'Ada' },
      challenge: asked.challenge,
      pubKeyCredParams: [{ type: 'public-key', alg: es256 }],
    },
    { coseKey: () => coseKeyOf(own.privateKey, certificates.length > 0 ? es256 : ed448) },
  )
  const { clientDataJSON, authenticatorData = '' } = response
  const authData = Buffer.from(authenticatorData, 'base64url')
  const clientDataHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
  const alg = algorithms[signer.asymmetricKeyType ?? '']
  const signature = sign(alg === es256 ? 'sha256' : null, Buffer.concat([authData, clientDataHash]), signer)
  const x5c = certificates.map(({ der }) => der)
  const attStmt = { alg, sig: change(new Uint8Array(signature)), ...(x5c.length > 0 && { x5c }) }
  const object = encode({ fmt: 'packed', attStmt, authData: new Uint8Array(authData) })
  const attestationObject = Buffer.from(object).toString('base64url')
  return { id, rawId, type: 'public-key', response: { clientDataJSON, attestationObject }, clientExtensionResults: {} }
}

/** A registration that a root vouches for through a CA below it, all of them on one curve, and that root in PEM. */
export function vouchedRegistration(curve?: 'ed448', change?: Parameters<typeof packedRegistration>[1]) {
  const on = curve ? { curve } : {}
  const root = makeCertificate({ ...on, subject: { CN: 'Acme Root' } })
  const ca = makeCertificate({ ...on, subject: { CN: 'Acme CA' }, issuer: root })
  const signer = makeCertificate({ ...on, subject: attestationSubject, issuer: ca, ca: false, aaguid: model })
  return { response: JSON.stringify(packedRegistration([signer, ca], change), null, 2), root: root.pem }
}
