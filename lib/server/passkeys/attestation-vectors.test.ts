import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { registrationResponse } from '#lib/contract/passkeys.ts'
import { offeredAlgorithms } from '#lib/webauthn/algorithms.ts'
import { failed } from '#lib/webauthn/checks/index.ts'
import { addTrustAnchor } from '../attestation/anchors.ts'
import { makeCertificate } from '../attestation/certificates-for-tests.ts'
import { assessTrust, type Vouching } from '../attestation/trust.ts'
import { operator } from '../caller.ts'
import { createTenant } from '../tenants/tenants.ts'
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
  attestationRoot: { attestation_ca_cert: string }
  vectors: { id: string; expectedChallengeB64u: { registration: string }; registrationResponseJSON: unknown }[]
}

const published: Vectors = present ? JSON.parse(readFileSync(file, 'utf8')) : { vectors: [] }
/** Of TPM, Android and U2F the published statements lack what makers’ have: a known TPM, an origin of the key, no AAGUID. */
const formats = ['packed-es256', 'packed-es384', 'packed-es512', 'packed-rs256', 'packed-eddsa', 'apple-es256']

async function tenantWith(certificate: string): Promise<string> {
  const { id } = await createTenant({ name: 'Vectors', slug: `v-${crypto.randomUUID().slice(0, 13)}` })
  await addTrustAnchor(id, operator, { name: 'Root', certificate })
  return id
}

test.skipIf(!present).each(formats)(
  '%s is trusted under the published root, kept under another, and refused changed',
  async (id) => {
    const vector = published.vectors.find((each) => each.id === id)
    const response = registrationResponse.parse(vector?.registrationResponseJSON)
    const root = Buffer.from(published.attestationRoot.attestation_ca_cert, 'hex').toString('base64')
    const pem = `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----`
    const [trusting, other] = [await tenantWith(pem), await tenantWith(makeCertificate().pem)]
    const judge = (
      tenantId: string,
      challenge = vector?.expectedChallengeB64u.registration ?? '',
      credential = response,
    ) =>
      judgeRegistration(
        credential,
        {
          challenge,
          origins: [published.origin],
          rpId: published.rpId,
          userVerification: 'preferred',
          algorithms: offeredAlgorithms.map(({ id }) => id),
        },
        async () => 'no',
        (vouching: Vouching) => assessTrust(vouching, tenantId),
      )
    const good = await judge(trusting)
    expect(failed(good.checks)).toEqual([])
    expect(good.trust).toMatchObject({ trusted: true, source: 'trust-anchor' })
    const unknown = await judge(other)
    expect(failed(unknown.checks)).toEqual([])
    expect(unknown.trust).toMatchObject({ trusted: false, source: null, root: null })
    const { clientDataJSON } = response.response
    const changed = Buffer.from(clientDataJSON, 'base64url').toString().replace('"type"', '"other":1,"type"')
    const forged = {
      ...response,
      response: { ...response.response, clientDataJSON: Buffer.from(changed).toString('base64url') },
    }
    const { checks, trust } = await judge(trusting, undefined, forged)
    expect(failed(checks).map(({ id }) => id)).toContain('attestation-statement')
    expect(trust.trusted).toBe(false)
  },
)
