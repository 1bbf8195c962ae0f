import { sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { type AuthorizationList, IntegerSet, id_ce_keyDescription, KeyDescription } from '@peculiar/asn1-android'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { authenticationResponse, type RegistrationResponse, registrationResponse } from '#lib/contract/passkeys.ts'
import { importPrivateKey } from '#lib/testing/key.ts'
import { algorithms, offeredAlgorithms } from '#lib/webauthn/algorithms.ts'
import { type Check, failed } from '#lib/webauthn/checks/index.ts'
import { decodeAttestationObject } from '#lib/webauthn/decode/index.ts'
import { recordedAuthentication, recordedRegistration } from '#lib/webauthn/verify/recorded.ts'
import { type RecordedCredential, recordedCredential } from '#lib/webauthn/verify/recorded-credential.ts'
import { toldToBoth } from '#lib/webauthn/verify/recorded-for-tests.ts'
import { recordedAnchors } from '#lib/webauthn/verify/recorded-trust.ts'
import { addTrustAnchor } from '../attestation/anchors.ts'
import { makeCertificate } from '../attestation/certificates-for-tests.ts'
import { assessTrust } from '../attestation/trust.ts'
import { operator } from '../caller.ts'
import { createTenant } from '../tenants/tenants.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { judgeRegistration } from './judge-registration.ts'

/**
 * The attestations of WebAuthn Level 3's test vectors, which one root vouches for.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-test-vectors
 */
const file = process.env.WEBAUTHN_VECTORS ?? '../shared/vectors/webauthn-l3.json'
const present = existsSync(file)
if (!present) console.log(`The W3C vectors are skipped: there is no file ${file} (WEBAUTHN_VECTORS names another).`)

interface Vectors {
  rpId: string
  origin: string
  attestationRoot: { attestation_ca_cert: string; attestation_ca_key: string }
  vectors: {
    id: string
    expectedChallengeB64u: { registration: string; authentication: string }
    registrationResponseJSON: unknown
    authenticationResponseJSON: unknown
  }[]
}

const published: Vectors = present ? JSON.parse(readFileSync(file, 'utf8')) : { vectors: [] }
const formats = [
  'packed-es256',
  'packed-es384',
  'packed-es512',
  'packed-rs256',
  'packed-eddsa',
  'tpm-es256',
  'apple-es256',
]

const pemOf = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----`
const publishedRoot = () => pemOf(Buffer.from(published.attestationRoot.attestation_ca_cert, 'hex'))

const askedOf = (challenge = '') => ({
  challenge,
  origins: [published.origin],
  rpId: published.rpId,
  userVerification: 'preferred' as const,
})

/** A vector's registration, as a tenant of these roots judges it. */
async function judge(
  id: string,
  tenantId: string,
  change = (response: RegistrationResponse) => response,
  offered: readonly { id: number }[] = offeredAlgorithms,
) {
  const vector = published.vectors.find((each) => each.id === id)
  return judgeRegistration(
    change(registrationResponse.parse(vector?.registrationResponseJSON)),
    { ...askedOf(vector?.expectedChallengeB64u.registration), algorithms: offered.map(({ id }) => id) },
    async () => 'no',
    (vouching) => assessTrust(vouching, tenantId),
  )
}

const all = published.vectors.map(({ id }) => id)

test.skipIf(!present).each(all)('the page says of %s what the server says, by the same root', async (id) => {
  const vector = published.vectors.find((each) => each.id === id)
  const credential = recordedCredential(vector?.registrationResponseJSON)
  const { checks } = await judge(id, await tenantWith(publishedRoot()), undefined, algorithms)
  const given = recordedAnchors(publishedRoot())
  const page = await recordedRegistration(
    credential as RecordedCredential,
    { ...askedOf(vector?.expectedChallengeB64u.registration), unproven: [] },
    'anchors' in given ? given.anchors : [],
  )
  const [ofPage, ofServer] = toldToBoth(page, checks)
  expect(ofPage.length).toBeGreaterThan(15)
  expect(ofPage).toEqual(ofServer)
})

test.skipIf(!present).each(all)('the page says of the sign-in %s what the server says, good and forged', async (id) => {
  const vector = published.vectors.find((each) => each.id === id)
  const { authenticatorData } = await judge(id, await tenantWith(publishedRoot()), undefined, algorithms)
  const { credentialPublicKey = [], publicKey } = authenticatorData?.attestedCredentialData ?? {}
  const passkey = {
    userId: 'user',
    userHandle: 'dXNlcg',
    publicKey: Uint8Array.from(credentialPublicKey),
    algorithm: publicKey?.alg ?? 0,
    signCount: authenticatorData?.signCount ?? 0,
    backupEligible: authenticatorData?.flags.be ?? false,
  }
  const asked = askedOf(vector?.expectedChallengeB64u.authentication)
  const good = authenticationResponse.parse(vector?.authenticationResponseJSON)
  const signatures: Record<string, string[]> = {}
  for (const [what, response] of Object.entries({ good, forged: forged(good) })) {
    const user = { id: 'user', handle: passkey.userHandle }
    const { checks } = await judgeAuthentication(response, { ...asked, user }, passkey)
    const page = await recordedAuthentication(
      recordedCredential(response) as RecordedCredential,
      { ...asked, unproven: [] },
      passkey,
    )
    const [ofPage, ofServer] = toldToBoth(page, checks)
    expect(ofPage.length).toBeGreaterThan(10)
    expect(ofPage).toEqual(ofServer)
    signatures[what] = ofPage.filter(({ id }) => id === 'signature').map(({ outcome }) => outcome)
  }
  expect(signatures).toEqual({ good: ['pass'], forged: ['fail'] })
})

const toldBy = (checks: Check[], id: string) => {
  const { outcome, actual } = checks.find((check) => check.id === id) ?? {}
  return [outcome, actual]
}

async function tenantWith(certificate: string): Promise<string> {
  const { id } = await createTenant({ name: 'Vectors', slug: `v-${crypto.randomUUID().slice(0, 13)}` })
  await addTrustAnchor(id, operator, { name: 'Root', certificate })
  return id
}

test.skipIf(!present).each(formats)(
  '%s is trusted under the published root, kept under another, and refused changed',
  async (id) => {
    const [trusting, other] = [await tenantWith(publishedRoot()), await tenantWith(makeCertificate().pem)]
    const good = await judge(id, trusting)
    expect(failed(good.checks)).toEqual([])
    expect(good.trust).toMatchObject({ trusted: true, source: 'trust-anchor' })
    const unknown = await judge(id, other)
    expect(failed(unknown.checks)).toEqual([])
    expect(unknown.trust).toMatchObject({ trusted: false, source: null, root: null })
    const { checks, trust } = await judge(id, trusting, forged)
    expect(failed(checks).map(({ id }) => id)).toContain('attestation-statement')
    expect(trust.trusted).toBe(false)
  },
)

/** A response whose client data is not what was signed. */
function forged<Response extends { response: { clientDataJSON: string } }>({ response, ...outer }: Response) {
  const changed = Buffer.from(response.clientDataJSON, 'base64url').toString().replace('"type"', '"other":1,"type"')
  const clientDataJSON = Buffer.from(changed).toString('base64url')
  return { ...outer, response: { ...response, clientDataJSON } } as Response
}

test.skipIf(!present)('a TPM of a maker that nobody lists is one where its root vouches for it', async () => {
  const { checks } = await judge('tpm-es256', await tenantWith(publishedRoot()))
  expect(toldBy(checks, 'attestation-statement')).toEqual(['pass', 'valid'])
  // Its maker is “id:00000000”. §8.3.1 leaves the form to the TCG’s profile, and asks for no list.
  expect(toldBy(checks, 'second-opinion')).toEqual([
    'skipped',
    'differs: it refuses a TPM whose maker is not on its list; WebAuthn has none: whether anybody vouches for a maker, its root tells',
  ])
  const unwritten = (response: RegistrationResponse) =>
    withSigner(response, (der) =>
      Buffer.from(Buffer.from(der).toString('latin1').replaceAll('id:0000', 'ID:0000'), 'latin1'),
    )
  const refused = await judge('tpm-es256', await tenantWith(publishedRoot()), unwritten)
  expect(toldBy(refused.checks, 'attestation-statement')).toEqual([
    'fail',
    'a TPM whose maker is not written as the TCG asks',
  ])
})

test.skipIf(!present)('a U2F statement vouches for no AAGUID: with one it is valid, and never trusted', async () => {
  const { checks, trust } = await judge('fido-u2f-es256', await tenantWith(publishedRoot()))
  expect(failed(checks)).toEqual([])
  // The published one has one, which §8.6 neither signs nor looks at.
  expect(toldBy(checks, 'second-opinion')).toEqual([
    'skipped',
    'differs: it refuses an AAGUID beside a U2F statement; WebAuthn §8.6 does not look at it; nobody vouches for that model',
  ])
  expect(trust).toMatchObject({
    trusted: false,
    reason: 'an AAGUID beside a U2F statement, which vouches for none',
  })
  const { checks: changed } = await judge('fido-u2f-es256', await tenantWith(publishedRoot()), forged)
  expect(toldBy(changed, 'attestation-statement')).toEqual(['fail', 'a signature that does not verify'])
})

test.skipIf(!present)(
  'the published Android key is refused for what its certificate leaves out, and for nothing else',
  async () => {
    const tenantId = await tenantWith(publishedRoot())
    const { checks, trust } = await judge('android-key-es256', tenantId)
    // §8.4: origin is KM_ORIGIN_GENERATED and purpose KM_PURPOSE_SIGN; both published lists are empty.
    expect(failed(checks).map(({ id, actual }) => [id, actual])).toEqual([
      ['attestation-statement', 'a key of which neither list of the certificate says its origin (KM_ORIGIN_GENERATED)'],
    ])
    expect(trust.trusted).toBe(false)
    const stating = (lists: Partial<AuthorizationList>) => (response: RegistrationResponse) =>
      withSigner(response, (der) => described(der, lists))
    const half = await judge('android-key-es256', tenantId, stating({ origin: 0 }))
    expect(toldBy(half.checks, 'attestation-statement')).toEqual([
      'fail',
      'a key of which neither list of the certificate says its purpose (KM_PURPOSE_SIGN)',
    ])
    const whole = await judge('android-key-es256', tenantId, stating({ origin: 0, purpose: new IntegerSet([2]) }))
    expect(failed(whole.checks)).toEqual([])
    expect(whole.trust).toMatchObject({ trusted: true, source: 'trust-anchor' })
  },
)

/** A registration with another certificate that signs. */
function withSigner({ response, ...outer }: RegistrationResponse, change: (der: Uint8Array) => Uint8Array) {
  const { value } = decodeAttestationObject(Buffer.from(response.attestationObject, 'base64url'))
  const { fmt, attStmt = new Map(), authData } = value ?? {}
  const [signer = new Uint8Array(), ...issuers] = attStmt.get('x5c') as Uint8Array[]
  const changed = new Map(attStmt).set('x5c', [change(signer), ...issuers])
  const object = encode(new Map<string, unknown>(Object.entries({ fmt, attStmt: changed, authData })))
  return { ...outer, response: { ...response, attestationObject: Buffer.from(object).toString('base64url') } }
}

/** A certificate that says this of its key, too, signed by the published root. */
function described(der: Uint8Array, lists: Partial<AuthorizationList>): Uint8Array {
  const certificate = AsnConvert.parse(der, Certificate)
  const { extensions = [] } = certificate.tbsCertificate
  for (const extension of extensions.filter(({ extnID }) => extnID === id_ce_keyDescription)) {
    const description = AsnConvert.parse(extension.extnValue, KeyDescription)
    Object.assign(description.teeEnforced, lists)
    extension.extnValue = new OctetString(AsnConvert.serialize(description))
  }
  delete certificate.tbsCertificateRaw
  const scalar = Buffer.from(published.attestationRoot.attestation_ca_key, 'hex')
  const tbs = Buffer.from(AsnConvert.serialize(certificate.tbsCertificate))
  certificate.signatureValue = Uint8Array.from(sign('sha256', tbs, importPrivateKey({ scalar }, -7))).buffer
  return new Uint8Array(AsnConvert.serialize(certificate))
}
