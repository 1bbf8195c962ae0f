import { createHmac, randomUUID } from 'node:crypto'
import { Code, ConnectError, createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import { ErrorInfoSchema } from '../proto/google/rpc/error_details_pb.js'
import { KeyService } from '../proto/mpc_pb.js'

type Server = Awaited<ReturnType<typeof serveMpc>>

const issuer = await startIssuer()
let server: Server
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url, MPC_USAGE_TOKEN: 'st_mpc_of-this-test' })
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
})

async function list(authorization?: string, at: Server = server) {
  const client = createClient(KeyService, createGrpcTransport({ baseUrl: at.url }))
  try {
    return await client.list({}, { headers: authorization === undefined ? {} : { authorization } })
  } catch (error) {
    const refused = ConnectError.from(error)
    const [info] = refused.findDetails(ErrorInfoSchema)
    return {
      code: Code[refused.code],
      reason: info?.reason,
      domain: info?.domain,
      retryAfter: refused.metadata.get('retry-after'),
    }
  }
}

const bearer = async (...token: Parameters<typeof issuer.token>) => `Bearer ${await issuer.token(...token)}`
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

test('a user’s token is taken, of both environments', async () => {
  expect(await list(await bearer())).toMatchObject({ keys: [] })
  expect(await list(await bearer({ environment: 'live', aud: 'mpc-server' }))).toMatchObject({ keys: [] })
  // Of an issuer whose clock is a little ahead.
  expect(await list(await bearer({ iat: now() + 60, exp: now() + 3660 }))).toMatchObject({ keys: [] })
})

/** Tokens that are none, and the stable reason of each. */
const refused: Record<string, [reason: string, authorization: () => Promise<string | undefined>]> = {
  none: ['token_missing', async () => undefined],
  'another scheme': ['token_missing', async () => `DPoP ${await issuer.token()}`],
  garbage: ['token_invalid', async () => 'Bearer a.b.c'],
  'an opaque token': ['token_invalid', async () => 'Bearer MjQ3ODk0NTYtNzg5'],
  expired: ['token_expired', () => bearer({ iat: now() - 7200, exp: now() - 1 })],
  'issued an hour ahead': ['token_invalid', () => bearer({ iat: now() + 3600, exp: now() + 7200 })],
  'a revoked grant’s, after its life': [
    'token_expired',
    () => bearer({ exp: now() - 1, scope: 'mpc:sign' }, { typ: 'at+jwt' }),
  ],
  'not signed': [
    'token_invalid',
    async () => `Bearer ${encoded({ alg: 'none', typ: 'JWT' })}.${(await issuer.token()).split('.')[1]}.`,
  ],
  'signed with the public key as a secret': [
    'token_invalid',
    async () => {
      const [, claims] = (await issuer.token()).split('.')
      const text = `${encoded({ alg: 'HS256', typ: 'JWT', kid: issuer.jwks.keys[0]?.kid })}.${claims}`
      return `Bearer ${text}.${createHmac('sha256', JSON.stringify(issuer.jwks.keys[0])).update(text).digest('base64url')}`
    },
  ],
  'signed with a key that comes along': [
    'token_invalid',
    async () => bearer({}, { jwk: issuer.jwks.keys[0] }, await issuer.unpublished()),
  ],
  'signed with another key under a known id': [
    'token_invalid',
    async () => bearer({}, {}, { ...(await issuer.unpublished()), kid: issuer.jwks.keys[0]?.kid ?? '' }),
  ],
  changed: [
    'token_invalid',
    async () => {
      const [header, , signature] = (await issuer.token()).split('.')
      return `Bearer ${header}.${(await issuer.token({ sub: 'usr_eve' })).split('.')[1]}.${signature}`
    },
  ],
  'of another issuer': ['token_invalid', () => bearer({ iss: 'https://issuer.example' })],
  'for another audience': ['audience_wrong', () => bearer({ aud: 'https://api.example' })],
  'an ID token': ['audience_wrong', () => bearer({ aud: 'cli_0123456789abcd', nonce: 'n' })],
  'for several audiences': ['token_invalid', () => bearer({ aud: ['mpc-server:test', 'mpc-server'] })],
  'of a test user for the live audience': ['token_invalid', () => bearer({ aud: 'mpc-server' })],
  'of no environment': ['token_invalid', () => bearer({ environment: undefined })],
  'of no tenant': ['token_invalid', () => bearer({ providerTenantId: undefined })],
  'of a tenant without a name': ['token_invalid', () => bearer({ providerTenantName: '' })],
  'of nobody': ['token_invalid', () => bearer({ sub: undefined })],
  'that never expires': ['token_invalid', () => bearer({ exp: undefined })],
  'an approval': ['token_invalid', () => bearer({ action: { type: 'mpc.sign' } }, { typ: 'approval+jwt' })],
  'bound to a key': ['token_invalid', () => bearer({ cnf: { jkt: 'x' }, scope: 'mpc:sign' }, { typ: 'at+jwt' })],
}

describe('a token is UNAUTHENTICATED that is', () => {
  test.each(Object.entries(refused))('%s', async (_, [reason, authorization]) => {
    expect(await list(await authorization())).toMatchObject({ code: 'Unauthenticated', reason, domain: issuer.url })
  })
})

test('a token that is bound to a key is refused with what to do', async () => {
  const { keys } = await mpcUser(issuer, server.url)
  const bound = await issuer.token({ cnf: { jkt: 'x' }, scope: 'mpc:sign' }, { typ: 'at+jwt' })
  for (const scheme of ['Bearer', 'DPoP']) {
    const call = keys.list({}, { headers: { authorization: `${scheme} ${bound}` } })
    await expect(call).rejects.toThrow(/without a DPoP proof, and send it as a bearer token/)
  }
})

test('an access token needs the scope; one without is PERMISSION_DENIED, and counted', async () => {
  const with_ = { typ: 'at+jwt' }
  const azp = randomUUID()
  expect(await list(await bearer({ scope: 'openid mpc:sign' }, with_))).toMatchObject({ keys: [] })
  expect(await list(await bearer({ scope: 'mpc:keygen', azp }, with_))).toMatchObject({
    code: 'PermissionDenied',
    reason: 'scope_missing',
  })
  expect(await list(await bearer({ azp }, with_))).toMatchObject({ reason: 'scope_missing' })
  await expect.poll(() => issuer.usage.filter(({ data }) => data.azp === azp)).toHaveLength(2)
  for (const { data } of issuer.usage.filter(({ data }) => data.azp === azp)) {
    expect(data).toMatchObject({ operation: 'mpc.key.list', status: 'PERMISSION_DENIED', tenantId: 'tnt_acme' })
  }
})

test('a call is counted once, with tenant, operation, status and the key that the token came from; a refused token is not', async () => {
  const azp = randomUUID()
  await list(await bearer({ azp, providerTenantName: 'Globex Pay', providerTenantId: 'tnt_globex' }))
  await list(await bearer({ azp, exp: now() - 1 }))
  await expect.poll(() => issuer.usage.filter(({ data }) => data.azp === azp)).toHaveLength(1)
  const [event] = issuer.usage.filter(({ data }) => data.azp === azp)
  expect(event).toMatchObject({
    specversion: '1.0',
    type: 'mpc.request',
    data: {
      tenantId: 'tnt_globex',
      tenantName: 'Globex Pay',
      environment: 'test',
      operation: 'mpc.key.list',
      status: 'OK',
    },
  })
})

test('with live alone, a test token is UNAUTHENTICATED, and a live one is taken', async () => {
  const live = await serveMpc({ MPC_ISSUER: issuer.url, MPC_ENVIRONMENTS: 'live' })
  expect(await list(await bearer(), live)).toMatchObject({ code: 'Unauthenticated', reason: 'environment_refused' })
  expect(await list(await bearer({ environment: 'live', aud: 'mpc-server' }), live)).toMatchObject({ keys: [] })
  await live.stop()
})

test('while tokens are signed with one new key after the other, no call of a load breaks', async () => {
  let answered = 0
  let ending = false
  const load = async (sub: string) => {
    while (!ending) {
      expect(await list(await bearer({ sub }))).toMatchObject({ keys: [] })
      answered++
    }
  }
  const loads = Promise.all(['usr_1', 'usr_2', 'usr_3', 'usr_4'].map(load))
  for (let turn = 0; turn < 3; turn++) {
    const before = answered
    await Promise.race([loads, expect.poll(() => answered, { interval: 5 }).toBeGreaterThan(before + 8)])
    await issuer.rotate()
  }
  const before = answered
  await Promise.race([loads, expect.poll(() => answered, { interval: 5 }).toBeGreaterThan(before + 8)])
  ending = true
  await loads
})

test('a key that signs anew is known at once, and the old one stays good', async () => {
  const old = await bearer()
  for (let turn = 0; turn < 3; turn++) {
    await issuer.rotate()
    const answers = await Promise.all([list(await bearer()), list(old), list(await bearer())])
    for (const answer of answers) expect(answer).toMatchObject({ keys: [] })
  }
})

test('tokens that fit several keys are refused, and keep nobody from the keys that the issuer has since', async () => {
  await issuer.rotate()
  const nameless = await bearer({}, { kid: undefined })
  expect(await list(nameless)).toMatchObject({ code: 'Unauthenticated', reason: 'token_invalid' })
  await issuer.rotate()
  expect(await list(await bearer())).toMatchObject({ keys: [] })
})

test('while the issuer is away its last keys hold; a key that nobody knows yet is UNAVAILABLE, and so is all before the first set', async () => {
  const known = await bearer()
  await list(known)
  await issuer.away()
  try {
    expect(await list(known)).toMatchObject({ keys: [] })
    const unknown = { ...(await issuer.unpublished()), kid: 'next' }
    expect(await list(await bearer({}, {}, unknown))).toMatchObject({
      code: 'Unavailable',
      reason: 'unavailable',
      retryAfter: '2',
    })
    const fresh = await serveMpc({ MPC_ISSUER: issuer.url })
    await expect.poll(() => fresh.output.join('')).toContain(`The issuer ${issuer.url} cannot be reached`)
    expect(await list(known, fresh)).toMatchObject({ code: 'Unavailable' })
    await issuer.back()
    await expect.poll(() => list(known, fresh)).toMatchObject({ keys: [] })
    await fresh.stop()
  } finally {
    await issuer.back().catch(() => undefined)
  }
})

test('usage that cannot be told is kept, and told when it can be', async () => {
  const azp = randomUUID()
  issuer.answers.usage = 503
  await list(await bearer({ azp }))
  await expect.poll(() => server.output.join('')).toContain('usage cannot be reported now')
  expect(issuer.usage.filter(({ data }) => data.azp === azp)).toEqual([])
  issuer.answers.usage = 200
  await expect.poll(() => issuer.usage.filter(({ data }) => data.azp === azp)).toHaveLength(1)
})
