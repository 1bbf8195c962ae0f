import { describe, expect, test } from 'vitest'
import type { AttestationPolicyName } from '#lib/contract/attestation.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { CreateOverrides } from '#lib/testing/authenticator.ts'
import { addTrustAnchor, removeTrustAnchor } from '../../attestation/anchors.ts'
import { updateAttestationPolicy } from '../../attestation/policy.ts'
import { operator } from '../../caller.ts'
import { attest, maker, model, ofBatch } from './attesting.ts'
import { flipped, type Tenant } from './ceremonies-harness.ts'
import { newConsole } from './console-harness.ts'
import { newTenant, passkeyScopes, refusal, refusedWith } from './harness.ts'

const acme = maker()
const zero = '00000000-0000-0000-0000-000000000000'

/** A tenant that trusts Acme, with a policy. */
async function trusting(
  change: { policy?: AttestationPolicyName; allowedAaguids?: string[] } = {},
  type: Environment = 'test',
): Promise<Tenant> {
  const tenant = await newTenant({ type, scopes: [...passkeyScopes, 'passkeys:manage', 'passkeys:debug'] })
  await addTrustAnchor(tenant.tenant.id, operator, { name: 'Acme', certificate: acme.root.pem })
  await updateAttestationPolicy(tenant.tenant, operator, change)
  return tenant
}

/** What becomes of a registration: what its trust step says, or what refuses it. */
async function outcomeOf(tenant: Tenant, create: CreateOverrides): Promise<string> {
  const before = await tenant.stored()
  const finished = await attest(tenant, create).then(
    ({ passkey, checks }) => {
      const step = checks.find(({ id }) => id === 'attestation-trust')
      expect(checks.filter(({ outcome }) => outcome === 'fail')).toEqual([])
      return `${passkey.attestation.trusted ? 'trusted' : 'kept'}: ${step?.outcome}`
    },
    () => undefined,
  )
  if (finished) return finished
  const { code, checks = [] } = await refusal(attest(tenant, create))
  expect(code).toBe('verification_failed')
  expect(await tenant.stored()).toEqual(before)
  const failures = checks.filter(({ id, outcome }) => outcome === 'fail' && id !== 'second-opinion')
  return `refused: ${failures.map(({ id }) => id).join(' ')}`
}

/** The statement as a map without its length in front, which CTAP2 forbids. */
const indefinite = withStatement((map) => Uint8Array.of(0xbf, ...map.slice(1), 0xff))

/** The statement with its `alg` a second time. */
const twice = withStatement((map) => Uint8Array.of((map[0] ?? 0) + 1, ...map.slice(1), 0x63, 0x61, 0x6c, 0x67, 0x26))

function withStatement(change: (map: Uint8Array) => Uint8Array) {
  return (object: Uint8Array) => {
    const at = Buffer.from(object).indexOf('attStmt') + 'attStmt'.length
    const end = Buffer.from(object).indexOf('authData') - 1
    return Uint8Array.of(...object.slice(0, at), ...change(object.slice(at, end)), ...object.slice(end))
  }
}

const statements: Record<string, CreateOverrides> = {
  trusted: ofBatch(acme),
  'of an unknown maker': ofBatch(maker()),
  'of an expired batch': ofBatch(maker({ batch: { issuer: acme.root, from: new Date(0), until: new Date(1e12) } })),
  'of an expired batch, and broken': {
    ...ofBatch(maker({ batch: { issuer: acme.root, from: new Date(0), until: new Date(1e12) } })),
    signature: flipped,
  },
  self: { credential: { algorithm: -7, aaguid: model } },
  none: { credential: { algorithm: -7, aaguid: model }, fmt: 'none', attStmt: new Map() },
  broken: { ...ofBatch(acme), signature: flipped },
  'of another model': ofBatch(acme, zero),
  'of no known format': { ...ofBatch(acme), fmt: 'acme' },
  'of broken CBOR': { ...ofBatch(acme), attestationObject: indefinite },
  'with a member twice': { ...ofBatch(acme), attestationObject: twice },
}

const broken = 'refused: attestation-statement'
const expected: Record<AttestationPolicyName, Record<string, string>> = {
  none: {
    trusted: 'kept: skipped',
    'of an unknown maker': 'kept: skipped',
    'of an expired batch': 'kept: skipped',
    'of an expired batch, and broken': 'kept: skipped',
    self: 'kept: skipped',
    none: 'kept: skipped',
    broken: 'kept: skipped',
    'of another model': 'kept: skipped',
    'of no known format': 'kept: skipped',
    'of broken CBOR': 'refused: attestation-object',
    'with a member twice': broken,
  },
  verify: {
    trusted: 'trusted: pass',
    'of an unknown maker': 'kept: skipped',
    'of an expired batch': 'kept: skipped',
    'of an expired batch, and broken': broken,
    self: 'kept: pass',
    none: 'kept: pass',
    broken,
    'of another model': broken,
    'of no known format': 'refused: attestation-format attestation-statement',
    'of broken CBOR': 'refused: attestation-object',
    'with a member twice': broken,
  },
  'require-trusted': {
    trusted: 'trusted: pass',
    'of an unknown maker': 'refused: attestation-trust',
    'of an expired batch': 'refused: attestation-trust',
    'of an expired batch, and broken': broken,
    self: 'refused: attestation-trust',
    none: 'refused: attestation-trust',
    broken,
    'of another model': broken,
    'of no known format': 'refused: attestation-format attestation-statement',
    'of broken CBOR': 'refused: attestation-object',
    'with a member twice': broken,
  },
}

describe.each(['test', 'live'] as const)('in the %s environment', (environment) => {
  test.each(['none', 'verify', 'require-trusted'] as const)(
    'the policy %s does with each attestation what it says',
    async (policy) => {
      const tenant = await trusting({ policy }, environment)
      const outcomes: Record<string, string> = {}
      for (const [what, create] of Object.entries(statements)) outcomes[what] = await outcomeOf(tenant, create)
      expect(outcomes).toEqual(expected[policy])
    },
  )
})

test('only models that are allowed register, and only where a known root vouches for them', async () => {
  const tenant = await trusting({ allowedAaguids: [model.toUpperCase()] })
  const refused = 'refused: attestation-aaguid'
  expect(await outcomeOf(tenant, ofBatch(acme))).toBe('trusted: pass')
  for (const what of ['of an unknown maker', 'self', 'none']) {
    expect(await outcomeOf(tenant, statements[what] ?? {}), what).toBe(refused)
  }
  const any = maker({ batch: { issuer: acme.root } })
  await updateAttestationPolicy(tenant.tenant, operator, { allowedAaguids: ['7ac4e517-0000-4000-8000-0000000000b2'] })
  expect(await outcomeOf(tenant, ofBatch(any))).toBe(refused)
  await updateAttestationPolicy(tenant.tenant, operator, { allowedAaguids: [] })
  expect(await outcomeOf(tenant, ofBatch(any))).toBe('trusted: pass')
})

test('an anchor counts for its own tenant, and for no registration after it is removed', async () => {
  const [acmes, others] = [await trusting(), await newTenant()]
  const attestation = { source: 'trust-anchor', root: 'CN=Acme Root', trusted: true, status: [], description: null }
  expect((await attest(acmes, ofBatch(acme))).passkey.attestation).toEqual({ format: 'packed', ...attestation })
  expect((await attest(others, ofBatch(acme))).passkey.attestation).toMatchObject({ trusted: false, source: null })
  const { id } = await addTrustAnchor(others.tenant.id, operator, { name: 'Acme', certificate: acme.root.pem })
  await expect(removeTrustAnchor(acmes.tenant.id, operator, id)).rejects.toMatchObject({ code: 'not_found' })
  expect((await attest(others, ofBatch(acme))).passkey.attestation.trusted).toBe(true)
  await removeTrustAnchor(others.tenant.id, operator, id)
  expect((await attest(others, ofBatch(acme))).passkey.attestation.trusted).toBe(false)
  expect((await others.stored()).passkeys.map(({ attestationTrusted }) => attestationTrusted)).toContain(true)
})

describe('in the Console', () => {
  test('a member sets the policy and the anchors, and the audit log says so', async () => {
    const { client } = await newConsole({ confirms: true })
    expect(await client.attestation.read()).toEqual({
      policy: 'verify',
      allowedAaguids: [],
      anchors: [],
      metadata: null,
    })
    const changed = await client.attestation.update({
      policy: 'require-trusted',
      allowedAaguids: [model.toUpperCase(), model],
    })
    expect(changed).toMatchObject({ policy: 'require-trusted', allowedAaguids: [model] })
    const anchor = await client.attestation.addAnchor({ name: 'Acme', certificate: `Acme’s root:\n${acme.root.pem}` })
    expect(anchor).toMatchObject({
      name: 'Acme',
      subject: 'CN=Acme Root',
      fingerprint: acme.root.certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      notAfter: acme.root.certificate.validToDate.toISOString(),
    })
    expect(await client.attestation.read()).toEqual({ ...changed, anchors: [anchor] })
    await client.attestation.removeAnchor(anchor.id)
    expect((await client.attestation.read()).anchors).toEqual([])
    const { data } = await client.audit({ limit: 3 })
    expect(data.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['trust_anchor.removed', { name: 'Acme', fingerprint: anchor.fingerprint }, null],
      ['trust_anchor.added', null, { name: 'Acme', subject: anchor.subject, fingerprint: anchor.fingerprint }],
      [
        'attestation_policy.updated',
        { policy: 'verify', allowedAaguids: [] },
        { policy: 'require-trusted', allowedAaguids: [model] },
      ],
    ])
  })

  test('each change asks for the passkey', async () => {
    const { client, browser } = await newConsole({ confirms: true })
    const { id } = await client.attestation.addAnchor({ name: 'Acme', certificate: acme.root.pem })
    const before = await client.attestation.read()
    browser.confirms = false
    for (const change of [
      () => client.attestation.update({ policy: 'none' }),
      () => client.attestation.addAnchor({ name: 'Other', certificate: maker().root.pem }),
      () => client.attestation.removeAnchor(id),
    ]) {
      expect(await refusedWith(change())).toEqual([403, 'confirmation_required'])
    }
    expect(await client.attestation.read()).toEqual(before)
  })

  test('what is no policy or no certificate is refused, and nothing has changed', async () => {
    const { client } = await newConsole({ confirms: true })
    await client.attestation.addAnchor({ name: 'Acme', certificate: acme.root.pem })
    const before = await client.attestation.read()
    const policies = [
      { policy: 'strict' },
      { allowedAaguids: ['7ac4e517'] },
      { allowedAaguids: Array(101).fill(model) },
      { policy: 'none', allowedAaguids: [model] },
      { tenantId: 'x' },
    ]
    for (const policy of policies) {
      expect(await refusedWith(client.attestation.update(policy as object))).toEqual([400, 'invalid_request'])
    }
    const { privateKey, pem } = maker().root
    const certificates = [
      '',
      'x',
      pem.replace(/[A-Za-z0-9]{60}/, 'A'.repeat(60)),
      `${pem}${acme.root.pem}`,
      `${pem}${privateKey.export({ type: 'pkcs8', format: 'pem' })}`,
      acme.root.pem,
    ]
    for (const certificate of certificates) {
      const call = client.attestation.addAnchor({ name: 'Other', certificate })
      expect(await refusedWith(call)).toEqual([400, 'invalid_request'])
    }
    expect(await refusedWith(client.attestation.addAnchor({ name: ' ', certificate: pem }))).toEqual([
      400,
      'invalid_request',
    ])
    expect(await refusedWith(client.attestation.removeAnchor('anc_none'))).toEqual([404, 'not_found'])
    expect(await client.attestation.read()).toEqual(before)
  })
})
