import { expect, test } from 'vitest'
import { registrationResponse } from '#lib/contract/passkeys.ts'
import { asked, model, packedRegistration } from '#lib/setup/packed-registration.ts'
import { algorithms } from '#lib/webauthn/algorithms.ts'
import { type Check, failed } from '#lib/webauthn/checks/index.ts'
import { recordedRegistration } from '#lib/webauthn/verify/recorded.ts'
import { type RecordedCredential, recordedCredential } from '#lib/webauthn/verify/recorded-credential.ts'
import { toldToBoth } from '#lib/webauthn/verify/recorded-for-tests.ts'
import { addTrustAnchor } from '../attestation/anchors.ts'
import { attestationSubject, type CertificateWishes, makeCertificate } from '../attestation/certificates-for-tests.ts'
import { assessTrust } from '../attestation/trust.ts'
import { operator } from '../caller.ts'
import { createTenant } from '../tenants/tenants.ts'
import { judgeRegistration } from './judge-registration.ts'

const expected = {
  challenge: asked.challenge,
  origins: [asked.origin],
  rpId: asked.rpId,
  userVerification: 'preferred' as const,
}

/** What the page and the server say of a registration by one root: the same. */
async function judged(response: ReturnType<typeof packedRegistration>, root = makeCertificate()): Promise<Check[]> {
  const { id } = await createTenant({ name: 'Acme', slug: `e-${crypto.randomUUID().slice(0, 13)}` })
  await addTrustAnchor(id, operator, { name: 'Root', certificate: root.pem })
  const { checks } = await judgeRegistration(
    registrationResponse.parse(response),
    { ...expected, algorithms: algorithms.map((algorithm) => algorithm.id) },
    async () => 'no',
    (vouching) => assessTrust(vouching, id),
  )
  const credential = recordedCredential(response) as RecordedCredential
  const page = await recordedRegistration(credential, { ...expected, unproven: [] }, [root.der])
  const [ofPage, ofServer] = toldToBoth(page, checks)
  expect(ofPage.length).toBeGreaterThan(15)
  expect(ofPage).toEqual(ofServer)
  return checks
}

const said = (checks: Check[], id: string) => {
  const { outcome, actual } = checks.find((check) => check.id === id) ?? {}
  return [outcome, actual]
}

/** Each byte that is asked for, with a bit the other way. */
const flippedAt = (at: number) => (signature: Uint8Array) => signature.with(at, (signature.at(at) ?? 0) ^ 1)
const badSignature = ['fail', 'a signature that does not verify']
const trusted = ['pass', expect.stringMatching(/^a known root that vouches for it: CN=.* \(a trust anchor\)$/)]
const untrusted = ['skipped', 'certificates that lead to no known root: not trusted, and not refused for that']

/** An attestation certificate that a root signed. */
function attesting(wishes: CertificateWishes) {
  return makeCertificate({ subject: attestationSubject, ca: false, aaguid: model, ...wishes })
}

test('self attestation on Ed448 is valid as it was signed, and with a bit of it the other way it is not', async () => {
  const checks = await judged(packedRegistration([]))
  expect(failed(checks)).toEqual([])
  expect(said(checks, 'attestation-statement')).toEqual(['pass', 'valid'])
  expect(said(checks, 'second-opinion')).toEqual([
    'skipped',
    'not asked: it knows no statement that is signed on this curve; the rest it verifies',
  ])
  for (const at of [0, 60, 113]) {
    const changed = await judged(packedRegistration([], flippedAt(at)))
    expect(failed(changed).map(({ id }) => id)).toEqual(['attestation-statement'])
    expect(said(changed, 'attestation-statement')).toEqual(badSignature)
  }
})

test.each(['ed25519', 'ed448'] as const)(
  'a certificate on %s attests, and is trusted by its root alone',
  async (curve) => {
    const root = makeCertificate()
    const signer = attesting({ curve, issuer: root })
    const checks = await judged(packedRegistration([signer]), root)
    expect(failed(checks)).toEqual([])
    expect(said(checks, 'attestation-trust')).toEqual(trusted)
    const unknown = await judged(packedRegistration([signer]))
    expect(failed(unknown)).toEqual([])
    expect(said(unknown, 'attestation-trust')).toEqual(untrusted)
    const changed = await judged(packedRegistration([signer], flippedAt(3)), root)
    expect(said(changed, 'attestation-statement')).toEqual(badSignature)
  },
)

test.each<[what: string, wishes: CertificateWishes, why: RegExp]>([
  ['of another unit', { subject: { ...attestationSubject, OU: 'Sales' } }, /not as its format asks$/],
  ['of no country', { subject: { O: 'Acme', OU: 'Authenticator Attestation', CN: 'Key' } }, /not as its format asks$/],
  ['of another model', { aaguid: '00000000-0000-4000-8000-000000000001' }, /^a certificate of another model$/],
  ['of a CA', { ca: true }, /does not say that it is no CA$/],
])('a certificate on Ed448 that is %s attests nothing', async (_, wishes, why) => {
  const root = makeCertificate()
  const checks = await judged(packedRegistration([attesting({ curve: 'ed448', issuer: root, ...wishes })]), root)
  expect(said(checks, 'attestation-statement')).toEqual(['fail', expect.stringMatching(why)])
})

test.each(['ed25519', 'ed448'] as const)(
  'certificates that are signed on %s lead to their root, and to no namesake',
  async (curve) => {
    const subject = { CN: 'Root' }
    const root = makeCertificate({ curve, subject })
    const ca = makeCertificate({ curve, subject: { CN: 'CA' }, issuer: root })
    const response = packedRegistration([attesting({ issuer: ca }), ca])
    expect(said(await judged(response, root), 'attestation-trust')).toEqual(trusted)
    for (const namesake of [makeCertificate({ curve, subject }), makeCertificate({ subject })]) {
      const checks = await judged(response, namesake)
      expect(failed(checks)).toEqual([])
      expect(said(checks, 'attestation-trust')).toEqual(untrusted)
    }
  },
)
