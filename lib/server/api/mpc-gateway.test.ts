import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect'
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-web'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { noBoundTokens } from '#lib/contract/token.ts'
import { ErrorInfoSchema } from '../../mpc/proto/google/rpc/error_details_pb.js'
import { KeyService } from '../../mpc/proto/mpc_pb.js'
import { freePort } from '../../setup/serve.ts'
import { deleteClient } from '../clients/clients.ts'
import { clock } from '../clock.ts'
import { closeConnections } from '../mpc/connection.ts'
import { orderFor } from '../mpc/forward.ts'
import { actFor } from '../tenants/tenants.ts'
import { api } from './app.ts'
import { MpcServerForTests } from './mpc-server-for-tests.ts'
import { newTenant, passkeyScopes, register, signIn } from './suite/harness.ts'
import { apiUrl, askToken, newService } from './suite/oauth-test-clients.ts'

const server = new MpcServerForTests()
const port = await freePort()
process.env.MPC_URL = `http://127.0.0.1:${port}`

beforeAll(() => server.start(port))
afterAll(async () => {
  closeConnections()
  await server.stop('crash')
})

const baseUrl = 'http://localhost:3000/v1/mpc'
const wired: typeof fetch = async (input, init) => api().request(input as string, init)

const transports: [name: string, make: (fetch: typeof globalThis.fetch, useBinaryFormat: boolean) => Transport][] = [
  ['Connect', (fetch, useBinaryFormat) => createConnectTransport({ baseUrl, fetch, useBinaryFormat })],
  ['gRPC-Web', (fetch, useBinaryFormat) => createGrpcWebTransport({ baseUrl, fetch, useBinaryFormat })],
]
const [, connect] = transports[0] as (typeof transports)[number]

/** A tenant with a user who has signed in. */
async function signedIn(type: 'test' | 'live' = 'live') {
  const tenant = await newTenant({ type, scopes: passkeyScopes })
  await register(tenant.client, tenant.authenticator, 'ada')
  const { token, user } = await signIn(tenant.client, tenant.authenticator, 'ada')
  return { ...tenant, token, user, bearer: { authorization: `Bearer ${token}` } }
}

const over = (transport: Transport) => createClient(KeyService, transport)
const plain = () => over(connect(wired, true))

/** The code and the stable reason that a call was refused with, and where it says so when to come again. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ConnectError)) throw error ?? new Error('The call was expected to be refused, and was not.')
  const [info] = error.findDetails(ErrorInfoSchema)
  return {
    code: Code[error.code],
    reason: info?.reason,
    domain: info?.domain,
    retry: error.metadata.get('retry-after'),
  }
}

describe.each(transports)('%s', (_name, make) => {
  test.each([true, false])('is forwarded, its messages binary: %s', async (binary) => {
    const { bearer } = await signedIn()
    const answers: Response[] = []
    const watching: typeof fetch = async (input, init) => {
      const answer = await wired(input, init)
      answers.push(answer.clone())
      return answer
    }
    const client = over(make(watching, binary))
    expect((await client.list({}, { headers: bearer })).nextPageToken).toBe('mpc')
    expect((await client.get({ keyId: 'mpk_1' }, { headers: bearer })).key?.id).toBe('mpk_1')
    const [{ headers } = new Response()] = answers
    expect(headers.get('ratelimit-policy')).toContain('q=1000')
    expect(headers.get('ratelimit')).toMatch(/"requests";r=\d+/)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('has the MPC server’s own refusals, word for word', async () => {
    const { bearer } = await signedIn()
    const { list } = server
    server.list = async () => {
      const error = new ConnectError('Not yours.', Code.NotFound)
      error.details.push({ desc: ErrorInfoSchema, value: { reason: 'not_found', domain: 'there' } })
      throw error
    }
    const refused = await refusal(over(make(wired, true)).list({}, { headers: bearer }))
    server.list = list
    expect(refused).toMatchObject({ code: 'NotFound', reason: 'not_found', domain: 'there' })
  })

  test('is refused here, in its own form, where the token is none', async () => {
    const { bearer, token, key } = await signedIn()
    const client = over(make(wired, true))
    const before = server.seen.length
    const asked = (authorization?: string) =>
      refusal(client.list({}, { headers: authorization ? { authorization } : {} }))
    const [head, payload, signature = ''] = token.split('.')
    const forged = `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    expect(await asked()).toMatchObject({ code: 'Unauthenticated', reason: 'token_missing' })
    for (const wrong of ['x', key.secret, forged]) {
      expect(await asked(`Bearer ${wrong}`)).toMatchObject({ code: 'Unauthenticated', reason: 'token_invalid' })
    }
    expect(server.seen.length).toBe(before)
    await client.list({}, { headers: bearer })
    expect(server.seen.length).toBe(before + 1)
  })

  test('is refused in its own form where the MPC server is away, or says too much', async () => {
    const { bearer } = await signedIn()
    const client = over(make(wired, true))
    await server.stop('crash')
    const refused = await refusal(client.list({}, { headers: bearer }))
    await server.start(port)
    expect(refused).toMatchObject({ code: 'Unavailable', reason: 'unavailable', domain: 'http://localhost:3000' })
    expect(refused.retry).toBe('1')
    expect(await refusal(client.get({ keyId: '70000' }, { headers: bearer }))).toMatchObject({
      code: 'ResourceExhausted',
      reason: 'too_large',
    })
    expect((await client.get({ keyId: '60000' }, { headers: bearer })).key?.label).toHaveLength(60_000)
  })

  test('has the caller’s limits', async () => {
    const { bearer, client: own, authenticator } = await signedIn('test')
    await register(own, authenticator, 'bob')
    const other = { authorization: `Bearer ${(await signIn(own, authenticator, 'bob')).token}` }
    const client = over(make(wired, true))
    const waiting = Promise.withResolvers<object>()
    const { list } = server
    server.list = () => waiting.promise
    const held = Array.from({ length: 5 }, () => client.list({}, { headers: bearer }))
    const before = server.seen.length
    await expect.poll(() => server.seen.length).toBe(before + 5)
    const concurrent = await refusal(client.get({ keyId: 'mpk_1' }, { headers: bearer }))
    expect(concurrent).toMatchObject({ code: 'ResourceExhausted', reason: 'rate_limited', retry: '1' })
    // Its user’s own: neither the key that the token came from nor another of its users is held up.
    expect((await own.tenant()).environment).toBe('test')
    server.list = list
    await client.list({}, { headers: other })
    waiting.resolve({})
    await Promise.all(held)
    const limited = async () => {
      for (;;) await client.list({}, { headers: bearer })
    }
    const rate = await refusal(limited())
    expect(rate).toMatchObject({ code: 'ResourceExhausted', reason: 'rate_limited' })
    expect(Number(rate.retry)).toBeGreaterThan(0)
  })
})

test('only what belongs to the call goes on: no API key, no cookie, nobody’s word on where it came from', async () => {
  const { bearer, key } = await signedIn()
  const session = crypto.randomUUID()
  const strange = { 'X-API-Key': key.secret, Cookie: 'a=b', 'X-Forwarded-For': '203.0.113.1', 'X-User-Token': 'x' }
  await plain().list({}, { headers: { ...bearer, ...strange, 'mpc-session': session, 'mpc-forget': 'nonces' } })
  const seen = server.seen.at(-1) as Headers
  expect(seen.get('authorization')).toBe(bearer.authorization)
  expect([seen.get('mpc-session'), seen.get('mpc-forget')]).toEqual([session, 'nonces'])
  for (const name of Object.keys(strange)) expect([name, seen.get(name)]).toEqual([name, null])
  expect(JSON.stringify([...seen])).not.toContain(key.secret)
  expect(await refusal(plain().list({}, { headers: { ...bearer, 'mpc-session': 'one' } }))).toMatchObject({
    code: 'InvalidArgument',
  })
})

test('a token ends with its passkey', async () => {
  const { addKey, bearer, user } = await signedIn()
  await plain().list({}, { headers: bearer })
  const manager = await addKey('live', ['passkeys:manage'])
  const { data } = await manager.client.passkeys.list({ username: user.username })
  await manager.client.passkeys.delete(data[0]?.id ?? '')
  expect(await refusal(plain().list({}, { headers: bearer }))).toMatchObject({
    code: 'Unauthenticated',
    reason: 'token_invalid',
  })
})

test('an app’s token needs the scope of the rpc, and ends with the app', async () => {
  const service = await newService({ environment: 'live', scopes: ['openid', 'mpc:sign', 'mpc:keygen', 'usage:read'] })
  const tokenFor = async (scope: string, resource = mpcResource, more = {}) => {
    const { status, body } = await askToken(service, { grant_type: 'client_credentials', scope, resource }, more)
    expect(status).toBe(200)
    return { headers: { authorization: `Bearer ${body.access_token}` } }
  }
  const [signer, maker] = [await tokenFor('mpc:sign'), await tokenFor('mpc:keygen')]
  expect((await plain().list({}, signer)).nextPageToken).toBe('mpc')
  const before = server.seen.length
  const lacking = { code: 'PermissionDenied', reason: 'scope_missing' }
  expect(await refusal(plain().list({}, maker))).toMatchObject(lacking)
  expect(await refusal(plain().freeze({ keyId: 'mpk_1' }, signer))).toMatchObject(lacking)
  const forApi = await tokenFor('usage:read', apiUrl)
  expect(await refusal(plain().list({}, forApi))).toMatchObject({ code: 'Unauthenticated', reason: 'audience_wrong' })
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const proof = await new SignJWT({ htm: 'POST', htu: apiUrl.replace(/v1$/, 'oauth/token'), jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) })
    .setIssuedAt()
    .sign(privateKey)
  const bound = await tokenFor('mpc:sign', mpcResource, { DPoP: proof })
  for (const authorization of [bound.headers.authorization, bound.headers.authorization.replace('Bearer', 'DPoP')]) {
    const call = plain().list({}, { headers: { authorization } })
    await expect(call).rejects.toMatchObject({ code: Code.Unauthenticated, rawMessage: noBoundTokens })
  }
  expect(server.seen.length).toBe(before)
  await deleteClient(await actFor(service.tenantId, 'live'), service.clientId)
  const { now } = clock
  clock.now = () => now() + 6_000
  const gone = await refusal(plain().list({}, signer))
  clock.now = () => now() + 2 * 3_600_000
  const expired = await refusal(plain().list({}, maker))
  clock.now = now
  expect(gone).toMatchObject({ code: 'Unauthenticated', reason: 'token_invalid' })
  expect(expired).toMatchObject({ code: 'Unauthenticated', reason: 'token_expired' })
})

test('what is no call is refused, in a way that its sender understands', async () => {
  const { bearer } = await signedIn()
  const send = (path: string, type: string, body: string | Uint8Array<ArrayBuffer> = '{}', method = 'POST') =>
    wired(`${baseUrl}/${path}`, {
      method,
      headers: { ...bearer, 'Content-Type': type },
      ...(method === 'POST' ? { body } : {}),
    })
  const list = 'mpc.v1.KeyService/List'
  expect((await send(list, 'application/json')).status).toBe(200)
  const unknown = await send('mpc.v1.KeyService/Steal', 'application/json')
  expect([unknown.status, (await unknown.json()).code]).toEqual([501, 'unimplemented'])
  for (const type of ['text/plain', 'application/grpc', 'application/connect+json', 'application/grpc-web-text']) {
    expect([type, (await send(list, type)).status]).toEqual([type, 415])
  }
  const large = await send(list, 'application/json', ' '.repeat(65_537))
  expect([large.status, (await large.json()).code]).toEqual([429, 'resource_exhausted'])
  const read = await send(list, 'application/json', '', 'GET')
  expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST'])
})

test('a browser may send and read what the protocols need', async () => {
  const preflight = await wired(`${baseUrl}/mpc.v1.KeyService/List`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
  })
  const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase()
  for (const name of ['authorization', 'connect-protocol-version', 'connect-timeout-ms', 'x-grpc-web', 'mpc-session']) {
    expect(allowed?.split(',')).toContain(name)
  }
  const { bearer } = await signedIn()
  const answer = await wired(`${baseUrl}/mpc.v1.KeyService/List`, {
    method: 'POST',
    headers: { ...bearer, 'Content-Type': 'application/json' },
    body: '{}',
  })
  const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase()
  expect(exposed).toMatch(/grpc-status\b.*grpc-message\b.*grpc-status-details-bin/)
})

test('of several servers a session leads to one; who loses it goes to another, and nobody else moves', () => {
  const origins = ['http://a', 'http://b', 'http://c']
  const sessions = Array.from({ length: 300 }, () => crypto.randomUUID())
  const homes = new Map(sessions.map((session) => [session, orderFor(session, origins)[0]]))
  for (const origin of origins) {
    expect([...homes.values()].filter((home) => home === origin).length).toBeGreaterThan(50)
  }
  for (const [session, home] of homes) {
    expect(orderFor(session, origins)).toEqual(orderFor(session, [...origins].reverse()))
    expect(orderFor(session, ['http://a', 'http://b'])[0]).toBe(
      home === 'http://c' ? orderFor(session, origins)[1] : home,
    )
  }
  const turns = Array.from({ length: 3 }, () => orderFor(undefined, origins)[0])
  expect(new Set(turns).size).toBe(3)
})

test('the MPC server is restarted fifty times, under calls and while idle, and this process lives', async () => {
  const tenant = await newTenant({ type: 'live' })
  const { client } = await tenant.addKey('live', passkeyScopes, { tier: 'enterprise' })
  await register(client, tenant.authenticator, 'ada')
  const { token } = await signIn(client, tenant.authenticator, 'ada')
  const headers = { authorization: `Bearer ${token}` }
  const outcomes = new Map<string, number>()
  const call = async () => {
    const outcome = await plain()
      .list({}, { headers })
      .then(
        () => 'ok',
        (error: ConnectError) => Code[error.code],
      )
    outcomes.set(outcome ?? 'none', (outcomes.get(outcome ?? 'none') ?? 0) + 1)
    return outcome
  }
  for (let restart = 0; restart < 50; restart++) {
    const busy = restart % 2 === 0
    const under = busy ? Array.from({ length: 4 }, call) : []
    await server.stop(restart % 4 < 2 ? 'goaway' : 'crash')
    await Promise.all(under)
    await server.start(port)
    // The first call afterwards finds the new one, on whatever connection was left.
    await expect.poll(call, { interval: 5 }).toBe('ok')
  }
  expect([...outcomes.keys()].filter((outcome) => outcome !== 'ok' && outcome !== 'Unavailable')).toEqual([])
  expect(outcomes.get('ok')).toBeGreaterThanOrEqual(50)
})
