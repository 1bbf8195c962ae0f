import { createHash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { certificateParts } from '#lib/webauthn/verify/certificate-parts.ts'
import { attest, maker, model, ofBatch } from '../api/suite/attesting.ts'
import { type Answer, newTenant, send } from '../api/suite/harness.ts'
import { attestationSubject, makeCertificate } from './certificates-for-tests.ts'
import { metadataHealth } from './metadata.ts'
import { readMetadata } from './metadata-blob.ts'
import { metadataBlob, metadataSigner } from './metadata-for-tests.ts'
import { assessTrust } from './trust.ts'

const folder = mkdtempSync(join(tmpdir(), 'playground-mds-'))
const blob = join(folder, 'blob.jwt')
process.env.MDS_BLOB = blob
process.env.MDS_ROOT = join(folder, 'root.pem')

const signer = metadataSigner()
const acme = maker()
const entry = { aaguid: model, description: 'Acme Key', roots: [acme.root] }

const other = '7ac4e517-0000-4000-8000-0000000000b2'

let number = 0
/** Puts another file in the place of the one before, as a download does. */
async function publish(text: string | Promise<string>) {
  writeFileSync(`${blob}.new`, await text)
  renameSync(`${blob}.new`, blob)
}
const publishing = (statusReports: { status: string; effectiveDate?: string; certificate?: string }[] = []) =>
  publish(metadataBlob(signer, [{ ...entry, statusReports }], { no: ++number }))

beforeEach(async () => {
  writeFileSync(join(folder, 'root.pem'), signer.root.pem)
  await publishing()
})
afterAll(() => rmSync(folder, { recursive: true }))

const registered = async () => (await attest(await newTenant(), ofBatch(acme))).passkey.attestation
const trusted = {
  format: 'packed',
  trusted: true,
  source: 'fido-metadata',
  root: 'CN=Acme Root',
  status: [] as string[],
  description: 'Acme Key',
}

test('a root of FIDO’s metadata vouches for its model, in the answer, the checks and the list', async () => {
  const tenant = await newTenant({ scopes: ['passkeys:register', 'passkeys:manage'] })
  const { passkey, checks } = await attest(tenant, ofBatch(acme))
  expect(passkey.attestation).toEqual(trusted)
  expect((await tenant.client.passkeys.list()).data).toEqual([passkey])
  expect(checks.find(({ id }) => id === 'attestation-trust')).toMatchObject({
    outcome: 'pass',
    step: '§7.1 step 23–24',
    actual: 'a known root that vouches for it: CN=Acme Root (FIDO’s metadata)',
  })
})

test('the roots of one model vouch for no other', async () => {
  const batch = makeCertificate({ subject: attestationSubject, issuer: acme.root, ca: false })
  const { passkey } = await attest(await newTenant(), ofBatch({ batch }, other))
  expect(passkey.attestation).toMatchObject({ trusted: false, source: null, description: null })
  expect((await attest(await newTenant(), ofBatch({ batch }))).passkey.attestation).toEqual(trusted)
})

test.each([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
])('of a model that is reported as %s none is trusted, and none refused', async (status) => {
  await publishing([{ status: 'FIDO_CERTIFIED_L1' }, { status }])
  expect(await registered()).toEqual({ ...trusted, trusted: false, status: ['FIDO_CERTIFIED_L1', status] })
})

test('UPDATE_AVAILABLE is a note', async () => {
  await publishing([{ status: 'UPDATE_AVAILABLE' }])
  const { passkey, checks } = await attest(await newTenant(), ofBatch(acme))
  expect(passkey.attestation).toEqual({ ...trusted, status: ['UPDATE_AVAILABLE'] })
  expect(checks.find(({ id }) => id === 'attestation-trust')?.actual).toMatch(/reports UPDATE_AVAILABLE$/)
})

test('a report holds from its day on, and one about a certificate for that one', async () => {
  const certificate = (der: Uint8Array) => Buffer.from(der).toString('base64')
  await publishing([
    { status: 'REVOKED', effectiveDate: '2999-01-01' },
    { status: 'ATTESTATION_KEY_COMPROMISE', certificate: certificate(maker().batch.der) },
  ])
  expect(await registered()).toEqual(trusted)
  await publishing([{ status: 'REVOKED', effectiveDate: '2020-01-01' }])
  expect(await registered()).toMatchObject({ trusted: false, status: ['REVOKED'] })
  for (const { der } of [acme.batch, acme.root]) {
    await publishing([{ status: 'ATTESTATION_KEY_COMPROMISE', certificate: certificate(der) }])
    expect(await registered()).toMatchObject({ trusted: false, status: ['ATTESTATION_KEY_COMPROMISE'] })
  }
})

test('what became of a passkey stays, whatever a later file says', async () => {
  const tenant = await newTenant({ scopes: ['passkeys:register', 'passkeys:manage'] })
  const { passkey } = await attest(tenant, ofBatch(acme))
  await publishing([{ status: 'REVOKED' }])
  expect((await tenant.client.passkeys.list()).data).toEqual([passkey])
})

const wrong: [what: string, text: () => string | Promise<string>, fault: RegExp][] = [
  ['under another root', () => metadataBlob(metadataSigner(), [entry], { no: 99 }), /lead to no known root$/],
  ['of an expired certificate', () => metadataBlob(expired(), [entry], { no: 99 }), /one has expired/],
  [
    'with a changed content',
    async () => changed(await metadataBlob(signer, [entry], { no: 99 })),
    /signature does not verify/,
  ],
  ['of no JWS', () => 'x', /no JWS/],
  ['with an older number', () => metadataBlob(signer, [entry], { no: 0 }), /lower than the \d+ of the one before/],
  ['without a day of the next', () => metadataBlob(signer, [entry], { no: 99, nextUpdate: 'soon' }), /nextUpdate/],
]

test.each(wrong)('a file %s is not used and said, and the last good one holds', async (_, text, fault) => {
  expect(await registered()).toEqual(trusted)
  await publish(text())
  expect(await registered()).toEqual(trusted)
  expect(await metadataHealth()).toMatchObject({ number, models: 1, fault: expect.stringMatching(fault) })
  expect(await ready()).toMatchObject({ status: 200, body: { status: 'degraded', metadata: { number } } })
  await publishing()
  expect(await metadataHealth()).toMatchObject({ number, overdue: false, fault: null })
  expect((await ready()).body.status).toBe('ok')
})

test('a file that is gone is said, and the last good one holds', async () => {
  expect(await registered()).toEqual(trusted)
  rmSync(blob)
  expect(await registered()).toEqual(trusted)
  expect(await metadataHealth()).toMatchObject({ number, fault: 'it cannot be read (ENOENT)' })
})

test('a file past its nextUpdate is used, and said to be overdue', async () => {
  await publish(metadataBlob(signer, [entry], { no: ++number, nextUpdate: '2020-01-01' }))
  expect(await registered()).toEqual(trusted)
  expect(await metadataHealth()).toMatchObject({ number, nextUpdate: '2020-01-01', overdue: true, fault: null })
  expect((await ready()).body).toMatchObject({ status: 'degraded', metadata: { overdue: true } })
})

test('under a public CA’s root only FIDO signs', async () => {
  const text = await metadataBlob(signer, [entry])
  await expect(readMetadata(text, [signer.root.certificate], 'fidoalliance.org')).rejects.toThrow(
    'it is not signed by fidoalliance.org',
  )
  const fido = makeCertificate({ subject: { CN: 'mds.fidoalliance.org' }, issuer: signer.root, ca: false })
  const signed = await metadataBlob({ ...signer, signer: fido }, [entry])
  expect((await readMetadata(signed, [signer.root.certificate], 'fidoalliance.org')).models).toBe(1)
})

test('a U2F key, which has no AAGUID, is known by the key of its certificate', async () => {
  const { batch } = acme
  const key = certificateParts(batch.der)?.certificate.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey
  const identifier = createHash('sha1')
    .update(new Uint8Array(key ?? new ArrayBuffer()))
    .digest('hex')
  const keyed = {
    attestationCertificateKeyIdentifiers: [identifier.toUpperCase()],
    description: 'U2F',
    roots: [acme.root],
  }
  await publish(metadataBlob(signer, [keyed], { no: ++number }))
  const aaguid = '00000000-0000-0000-0000-000000000000'
  const certificates = [batch.der]
  expect(await assessTrust({ fmt: 'fido-u2f', certificates, aaguid }, undefined)).toMatchObject({
    trusted: true,
    source: 'fido-metadata',
    description: 'U2F',
  })
  const another = [makeCertificate({ issuer: acme.root, ca: false }).der]
  expect(await assessTrust({ fmt: 'fido-u2f', certificates: another, aaguid }, undefined)).toMatchObject({
    trusted: false,
    description: null,
  })
})

test('a certificate that names a model vouches for no other', async () => {
  const trust = await assessTrust(
    {
      fmt: 'packed',
      certificates: [maker({ root: {}, batch: { issuer: acme.root, aaguid: other } }).batch.der],
      aaguid: model,
    },
    undefined,
  )
  expect(trust).toMatchObject({ trusted: false, reason: 'a certificate of another model' })
})

const ready = (): Promise<Answer> => send('GET', '/readyz')

function expired() {
  const { root } = signer
  const old = makeCertificate({
    subject: { CN: 'Old' },
    issuer: root,
    ca: false,
    from: new Date(0),
    until: new Date(1e12),
  })
  return { root, signer: old }
}

function changed(jws: string): string {
  const [header, payload = '', signature] = jws.split('.')
  const text = Buffer.from(payload, 'base64url').toString().replace('Acme Key', 'Evil Key')
  return [header, Buffer.from(text).toString('base64url'), signature].join('.')
}
