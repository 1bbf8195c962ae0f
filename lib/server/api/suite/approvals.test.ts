import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Action } from '#lib/contract/action.ts'
import { database } from '../../db/database.ts'
import type { Tenant } from './ceremonies-harness.ts'
import { baseUrl, expire, newTenant, refusal, refusedWith, register, request, send, signIn, stored } from './harness.ts'

const action: Action = {
  type: 'mpc.sign',
  keyId: 'mpk_treasury',
  messageHash: createHash('sha256').update('Pay').digest('base64url'),
  display: { title: 'Pay 12.50 USDC to Globex', lines: ['Caf\u0065\u0301 Globex  5', 'b\u0061'] },
}

const update = {
  type: 'mpc.update',
  keyId: 'mpk_treasury',
  messageHash: createHash('sha256').update('{"approval":"always","maxPerHour":5}').digest('base64url'),
  change: { maxPerHour: 5, approval: 'always' },
} satisfies Action

let tenant: Tenant
beforeAll(async () => {
  tenant = await newTenant()
  await register(tenant.client, tenant.authenticator, 'ada')
  await register(tenant.client, tenant.authenticator, 'bob')
})

const begin = (body: object = {}, { client }: Pick<Tenant, 'client'> = tenant) =>
  client.passkeys.approve.begin({ username: 'ada', action, ...body })

async function approve(body: object = {}) {
  const { ceremonyId, publicKey } = await begin(body)
  return tenant.client.passkeys.approve.finish({ ceremonyId, credential: tenant.authenticator.get(publicKey) })
}

const hash = (salt: string, text: string) =>
  createHash('sha256').update(Buffer.from(salt, 'base64url')).update(text).digest('base64url')

describe.each(['test', 'live'] as const)('an approval in a %s environment', (type) => {
  test('says who approved what, for which tenant, for two minutes, and is no token', async () => {
    const { tenant, client, key, authenticator } = await newTenant({ type })
    const { user, passkey } = await register(client, authenticator, 'ada')
    const { ceremonyId, publicKey } = await client.passkeys.approve.begin({ username: 'ada', action })
    const answer = await client.passkeys.approve.finish({ ceremonyId, credential: authenticator.get(publicKey) })
    expect(Object.keys(answer).sort()).toEqual(['approval', 'checks', 'expiresIn', 'passkey', 'user'])
    expect(decodeProtectedHeader(answer.approval)).toEqual({
      alg: 'ES256',
      typ: 'approval+jwt',
      kid: expect.stringMatching(/^[\w-]{43}$/),
    })
    const claims = decodeJwt(answer.approval)
    expect(claims).toEqual({
      action,
      iss: baseUrl,
      aud: type === 'live' ? 'mpc-server' : 'mpc-server:test',
      sub: user.id,
      passkeyId: passkey.id,
      providerTenantId: tenant.id,
      providerTenantName: tenant.name,
      environment: type,
      azp: key.id,
      iat: expect.any(Number),
      exp: Number(claims.iat) + 120,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(answer.expiresIn).toBe(120)
    const keys = createRemoteJWKSet(new URL(`${baseUrl}/.well-known/jwks.json`), { [customFetch]: request })
    const expected = { issuer: baseUrl, audience: String(claims.aud), algorithms: ['ES256'] }
    await jwtVerify(answer.approval, keys, { ...expected, typ: 'approval+jwt' })
    await expect(jwtVerify(answer.approval, keys, { ...expected, typ: 'JWT' })).rejects.toMatchObject({ claim: 'typ' })
    // A live environment explains no sign-in, and no approval.
    expect(answer.checks.length > 0).toBe(type === 'test')
  })
})

test('the challenge commits to the action, and the checks show how', async () => {
  const { ceremonyId, publicKey } = await begin()
  const credential = tenant.authenticator.get(publicKey)
  const { checks } = await tenant.client.passkeys.approve.finish({ ceremonyId, credential })
  const step = checks.find(({ id }) => id === 'action-commitment')
  const [, salt = '', text = ''] =
    /SHA-256 of the bytes (\S{43}) \(base64url\) and (.+)$/.exec(step?.expected ?? '') ?? []
  expect(text).toBe(canonicalize(action))
  expect(hash(salt, text)).toBe(publicKey.challenge)
  expect(step).toMatchObject({ outcome: 'pass', actual: 'the same' })
  const { checks: ofSignIn } = await signIn(tenant.client, tenant.authenticator, 'ada')
  expect(ofSignIn.map(({ id }) => id)).not.toContain('action-commitment')
})

test('two approvals of one action have challenges and ids of their own', async () => {
  const [one, two] = [await begin(), await begin()]
  expect(one.publicKey.challenge).not.toBe(two.publicKey.challenge)
  const [first, second] = [await approve(), await approve()]
  expect(decodeJwt(first.approval).jti).not.toBe(decodeJwt(second.approval).jti)
})

test('the user is verified, whatever the options say', async () => {
  for (const userVerification of ['discouraged', 'preferred', undefined] as const) {
    const { ceremonyId, publicKey } = await begin({ options: { userVerification } })
    expect(publicKey.userVerification).toBe('required')
    const credential = tenant.authenticator.get(publicKey, { flags: { uv: false } })
    const { status, code, checks } = await refusal(tenant.client.passkeys.approve.finish({ ceremonyId, credential }))
    expect([status, code]).toEqual([401, 'verification_failed'])
    expect(checks?.find(({ id }) => id === 'user-verified')?.outcome).toBe('fail')
  }
  expect((await begin({ options: { userVerification: 'discouraged', timeout: 1000 } })).publicKey.timeout).toBe(1000)
})

test('whoever comes with a passkey approves, where no user was named', async () => {
  const { approval, user } = await approve({ username: undefined })
  expect(decodeJwt(approval).sub).toBe(user.id)
})

describe('a live environment', () => {
  test('begins the approval of somebody unknown as anybody’s', async () => {
    const { client } = await newTenant({ type: 'live' })
    const begun = await client.passkeys.approve.begin({ username: 'nobody', action })
    expect(begun.publicKey).toMatchObject({ userVerification: 'required', allowCredentials: [{ type: 'public-key' }] })
  })
})

describe('an approval is refused', () => {
  const finish = (
    ceremonyId: string,
    credential: Parameters<Tenant['client']['passkeys']['approve']['finish']>[0]['credential'],
    more = {},
  ) => tenant.client.passkeys.approve.finish({ ceremonyId, credential, ...more })

  test('a second time', async () => {
    const { ceremonyId, publicKey } = await begin()
    const credential = tenant.authenticator.get(publicKey)
    await finish(ceremonyId, credential)
    expect(await refusedWith(finish(ceremonyId, credential))).toEqual([400, 'ceremony_unknown'])
  })

  test('after five minutes', async () => {
    const { ceremonyId, publicKey } = await begin()
    await expire(ceremonyId)
    expect(await refusedWith(finish(ceremonyId, tenant.authenticator.get(publicKey)))).toEqual([
      400,
      'ceremony_unknown',
    ])
  })

  test('by another user’s passkey', async () => {
    const { ceremonyId } = await begin()
    const { publicKey } = await begin({ username: 'bob' })
    const before = await stored(tenant.tenant.id)
    expect(await refusedWith(finish(ceremonyId, tenant.authenticator.get(publicKey)))).toEqual([
      401,
      'verification_failed',
    ])
    expect(await stored(tenant.tenant.id)).toEqual(before)
  })

  test('to another tenant’s key', async () => {
    const other = await newTenant()
    const { ceremonyId, publicKey } = await begin()
    const call = other.client.passkeys.approve.finish({ ceremonyId, credential: tenant.authenticator.get(publicKey) })
    expect(await refusedWith(call)).toEqual([400, 'ceremony_unknown'])
  })

  test('with the answer to another action', async () => {
    const pay = await begin()
    const more = await begin({ action: { ...action, messageHash: createHash('sha256').digest('base64url') } })
    const credential = tenant.authenticator.get(more.publicKey)
    const { checks = [] } = await refusal(finish(pay.ceremonyId, credential))
    const failed = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
    expect(failed).toEqual(expect.arrayContaining(['challenge', 'action-commitment']))
    await finish(more.ceremonyId, credential)
  })

  test('where the action was changed between begin and finish', async () => {
    const { ceremonyId, publicKey } = await begin()
    const another = { ...action, keyId: 'mpk_other' }
    const credential = tenant.authenticator.get(publicKey)
    expect(await refusedWith(finish(ceremonyId, credential, { action: another }))).toEqual([400, 'invalid_request'])
    await (await database()).ceremony.updateMany({
      where: { id: ceremonyId },
      data: { action: String(canonicalize(another)) },
    })
    const { code, checks = [] } = await refusal(finish(ceremonyId, credential))
    const failed = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
    expect([code, failed]).toEqual(['verification_failed', ['action-commitment']])
  })
})

describe('an approval and a token', () => {
  test('are not taken for each other at X-User-Token', async () => {
    const { approval } = await approve()
    const { token } = await signIn(tenant.client, tenant.authenticator, 'ada')
    const list = (userToken: string) => tenant.client.passkeys.list({}, { userToken })
    expect(await refusedWith(list(approval))).toEqual([401, 'token_invalid'])
    expect((await list(token)).data).toHaveLength(1)
  })

  test.each(['Bearer', 'DPoP'])('are no access tokens: %s', async (scheme) => {
    const { approval } = await approve()
    const answer = await send('GET', '/v1/tenant', { headers: { Authorization: `${scheme} ${approval}` } })
    expect([answer.status, answer.body.code]).toEqual([401, 'token_invalid'])
  })

  test('come from ceremonies of their own: a sign-in answers with no approval', async () => {
    const { ceremonyId, publicKey } = await tenant.client.passkeys.authenticate.begin({ username: 'ada' })
    const credential = tenant.authenticator.get(publicKey)
    expect(await tenant.client.passkeys.authenticate.finish({ ceremonyId, credential })).not.toHaveProperty('approval')
  })
})

describe('an action is refused', () => {
  const { messageHash: _, ...without } = action
  const changed: [what: string, action: object, path: string][] = [
    ['of another type', { ...action, type: 'mpc.export' }, 'action.type'],
    ['of no key', { ...action, keyId: 'key_1' }, 'action.keyId'],
    ['with a member that nobody knows', { ...action, amount: 12 }, 'action.amount'],
    ['that signs whatever comes', without, 'action.messageHash'],
    ['with a hash of another length', { ...action, messageHash: 'AAAA' }, 'action.messageHash'],
    ['with a hash that is written otherwise', { ...action, messageHash: `${'A'.repeat(42)}B` }, 'action.messageHash'],
    ['with a blank title', { ...action, display: { title: ' ' } }, 'action.display.title'],
    ['with a long title', { ...action, display: { title: 'a'.repeat(65) } }, 'action.display.title'],
    [
      'with a line that turns the text around',
      { ...action, display: { title: 'Pay', lines: ['\u202e21'] } },
      'action.display.lines.0',
    ],
    ['with a long line', { ...action, display: { title: 'Pay', lines: ['a'.repeat(161)] } }, 'action.display.lines.0'],
    ['with many lines', { ...action, display: { title: 'Pay', lines: Array(13).fill('a') } }, 'action.display.lines'],
    ['with half a character', { ...action, display: { title: '\ud800' } }, 'action.display.title'],
    ['that names nothing', {}, 'action.type'],
    ['with a change of another hash', { ...update, messageHash: action.messageHash }, 'action.messageHash'],
    ['with a change of no hash', { ...update, messageHash: undefined }, 'action.messageHash'],
    ['with a change of a policy for new shares', { ...update, type: 'mpc.reshare' }, 'action.change'],
    ['that changes a policy and does not say to what', { ...update, change: undefined }, 'action.change'],
    [
      'that makes new shares and does not say whose',
      { ...update, type: 'mpc.reshare', change: undefined },
      'action.change',
    ],
    ['with a change of no policy that is known', { ...update, change: { approval: 'sometimes' } }, 'action.change'],
  ]

  test.each(changed)('%s', async (_what, action, path) => {
    const { code, issues = [] } = await refusal(begin({ action }))
    expect(code).toBe('invalid_request')
    expect(issues.map((issue) => issue.path)).toContain(path)
  })

  test('and one whose change is what its hash is of is approved with it, in whatever order it is written', async () => {
    const claims = decodeJwt((await approve({ action: update })).approval)
    expect(claims.action).toEqual(update)
  })

  test('and what needs no message is taken without one', async () => {
    for (const type of ['mpc.unfreeze', 'mpc.delete']) {
      expect((await approve({ action: { type, keyId: 'mpk_1' } })).approval).toBeTruthy()
    }
  })
})

test('an approval is counted as one: a use of a passkey, and no token', async () => {
  const { client, authenticator } = await newTenant({
    scopes: ['passkeys:register', 'passkeys:authenticate', 'usage:read'],
  })
  await register(client, authenticator, 'ada')
  await signIn(client, authenticator, 'ada')
  const { ceremonyId, publicKey } = await client.passkeys.approve.begin({ username: 'ada', action })
  await client.passkeys.approve.finish({ ceremonyId, credential: authenticator.get(publicKey) })
  const { data, meters } = await client.usage({ groupBy: 'operation' })
  expect(data).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ operation: 'passkeys.approve.begin', requests: 1 }),
      expect.objectContaining({ operation: 'passkeys.approve.finish', requests: 1 }),
      expect.objectContaining({ operation: 'passkeys.authenticate.finish', requests: 1 }),
    ]),
  )
  expect(meters.totals).toMatchObject({ 'passkey.authenticated': 2, 'token.issued': 1 })
})
