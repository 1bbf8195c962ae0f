import { execFile, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client, credentials, loadPackageDefinition, Metadata, type ServiceError } from '@grpc/grpc-js'
import { load } from '@grpc/proto-loader'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startIssuer } from '../../setup/issuer.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// Clients that others made, which know nothing of this server but its proto, or not even that.

const run = promisify(execFile)
const buf = fileURLToPath(new URL('../../../node_modules/.bin/buf', import.meta.url))
const proto = fileURLToPath(new URL('../proto/mpc.proto', import.meta.url))
const python = [process.env.PYTHON_GRPC, 'python3', '/usr/bin/python3'].find(
  (command) => command && spawnSync(command, ['-c', 'import grpc']).status === 0,
)
if (!python) console.log('No Python here has grpcio (Debian’s python3-grpcio): its test is left out.')

const issuer = await startIssuer()
let server: Awaited<ReturnType<typeof serveMpc>>
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url, MPC_USAGE_TOKEN: 'st_mpc_of-this-test' })
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
})

type Answer = { keys: unknown[]; nextPageToken: string }
type Call = (request: object, metadata: Metadata, done: (error: ServiceError | null, answer?: Answer) => void) => void

test('@grpc/grpc-js reads the proto, lists keys, and is told the code and the reason of a refusal', async () => {
  const loaded = loadPackageDefinition(await load(proto, { defaults: true })) as unknown as {
    mpc: { v1: { KeyService: new (address: string, credentials: unknown) => Client & { List: Call } } }
  }
  const client = new loaded.mpc.v1.KeyService(`localhost:${server.port}`, credentials.createInsecure())
  const list = (token?: string) => {
    const metadata = new Metadata()
    if (token) metadata.set('authorization', `Bearer ${token}`)
    return new Promise<Answer>((resolve, reject) => {
      client.List({}, metadata, (error, answer) => (error ? reject(error) : resolve(answer as Answer)))
    })
  }
  expect(await list(await issuer.token())).toMatchObject({ keys: [], nextPageToken: '' })
  const refused = (await list().catch((error) => error)) as ServiceError
  expect(refused.code).toBe(16)
  expect(String(refused.metadata.get('grpc-status-details-bin')[0])).toContain('token_missing')
  client.close()
})

describe('a message that cannot be read, or is too large, is refused with its reason, and counted', () => {
  const path = '/mpc.v1.KeyService/Get'
  const garbage = Buffer.from([0x0a, 0xff])
  const large = Buffer.concat([Buffer.from([0x0a, 0xe0, 0xa7, 0x12]), Buffer.alloc(300_000, 'k')])
  const framed = (message: Buffer) => Buffer.concat([Buffer.from([0]), uint32(message.length), message])
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const reasonIn = (details: unknown) =>
    ['invalid_request', 'too_large'].filter((reason) => String(details).includes(reason))

  /** Calls as a user of their own, and how these are counted. */
  async function user() {
    const azp = randomUUID()
    const token = await issuer.token({ azp, sub: azp })
    const counted = () =>
      issuer.usage
        .filter(({ data }) => data.azp === azp)
        .map(({ data }) => data.status)
        .sort()
    return { authorization: `Bearer ${token}`, counted }
  }

  test('over gRPC', async () => {
    const { authorization, counted } = await user()
    const client = new Client(`localhost:${server.port}`, credentials.createInsecure())
    const metadata = new Metadata()
    metadata.set('authorization', authorization)
    const send = (message: Buffer) =>
      new Promise<ServiceError | null>((resolve) => {
        client.makeUnaryRequest(
          path,
          (bytes: Buffer) => bytes,
          (bytes) => bytes,
          message,
          metadata,
          resolve,
        )
      })
    const answers = [await send(garbage), await send(large), await send(Buffer.from([0x0a, 1, 0x78]))]
    const of = (error: ServiceError | null) => [
      error?.code,
      reasonIn(error?.metadata.get('grpc-status-details-bin')[0]),
      error?.metadata.get('retry-after'),
    ]
    expect(answers.slice(0, 2).map(of)).toEqual([
      [3, ['invalid_request'], []],
      [8, ['too_large'], ['60']],
    ])
    // The control: what can be read comes as far as the keys.
    expect(answers[2]?.code).toBe(5)
    await expect.poll(counted).toEqual(['INVALID_ARGUMENT', 'NOT_FOUND', 'RESOURCE_EXHAUSTED'])
    client.close()
  })

  test('over gRPC-Web and Connect', async () => {
    const { authorization, counted } = await user()
    const send = (type: string, body: string | Buffer, more: Record<string, string> = {}) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': type, authorization, ...more },
        body: body as BodyInit,
      })
    const web = async (message: Buffer, more = {}) => {
      const answer = await send('application/grpc-web+proto', framed(message), more)
      const text = await answer.text()
      const details = /grpc-status-details-bin: *(\S+)/.exec(text)?.[1] ?? answer.headers.get('grpc-status-details-bin')
      const status = /grpc-status: *(\d+)/.exec(text)?.[1] ?? answer.headers.get('grpc-status')
      const retryAfter = /retry-after: *(\d+)/.exec(text)?.[1] ?? answer.headers.get('retry-after')
      return [status, reasonIn(Buffer.from(details ?? '', 'base64')), retryAfter]
    }
    expect(await web(garbage)).toEqual(['3', ['invalid_request'], null])
    expect(await web(large)).toEqual(['8', ['too_large'], '60'])
    expect(await web(garbage, { 'grpc-encoding': 'rot13' })).toEqual(['12', ['invalid_request'], null])
    const connect = async (type: string, body: string | Buffer) => {
      const answer = await send(type, body)
      const { code, details } = (await answer.json()) as { code: string; details: { value: string }[] }
      const reason = reasonIn(details.map(({ value }) => Buffer.from(value, 'base64').toString()))
      return [answer.status, code, reason, answer.headers.get('retry-after')]
    }
    expect(await connect('application/proto', garbage)).toEqual([400, 'invalid_argument', ['invalid_request'], null])
    expect(await connect('application/json', '{"keyId"')).toEqual([400, 'invalid_argument', ['invalid_request'], null])
    expect(await connect('application/json', '{"keyId":1}')).toEqual([
      400,
      'invalid_argument',
      ['invalid_request'],
      null,
    ])
    expect(await connect('application/proto', large)).toEqual([429, 'resource_exhausted', ['too_large'], '60'])
    const refusedForMessages = [...Array(4).fill('INVALID_ARGUMENT'), ...Array(2).fill('RESOURCE_EXHAUSTED')]
    await expect.poll(counted).toEqual([...refusedForMessages, 'UNIMPLEMENTED'])
    // Without a token nothing of it is read, and nobody is counted.
    const nobody = await send('application/json', '{"keyId"', { authorization: '' })
    expect(nobody.status).toBe(401)
  })
})

test('buf curl finds the service by reflection, over gRPC, gRPC-Web and Connect', async () => {
  const url = `${server.url}/mpc.v1.KeyService/List`
  const authorization = `authorization: Bearer ${await issuer.token()}`
  for (const protocol of ['grpc', 'grpcweb', 'connect']) {
    const args = ['curl', '--protocol', protocol, '--http2-prior-knowledge', '-H', authorization, '-d', '{}', url]
    expect(JSON.parse((await run(buf, args)).stdout)).toEqual({})
  }
  const { stdout } = await run(buf, ['curl', '--http2-prior-knowledge', '--list-services', server.url])
  expect(stdout.split('\n')).toEqual(expect.arrayContaining(['mpc.v1.KeygenService', 'grpc.health.v1.Health']))
})

test('plain HTTP/1.1 speaks Connect on the same port', async () => {
  const answer = await fetch(`${server.url}/mpc.v1.KeyService/List`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token()}` },
    body: '{}',
  })
  expect([answer.status, await answer.json()]).toEqual([200, {}])
  const refused = await fetch(`${server.url}/mpc.v1.KeyService/List`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ code: 'unauthenticated' })
})

test('grpc-health-check’s proto is answered without a token: SERVING, and NOT_FOUND for what is not here', async () => {
  const health = createRequire(import.meta.url).resolve('grpc-health-check/package.json')
  const loaded = loadPackageDefinition(
    await load('health/v1/health.proto', { includeDirs: [health.replace('package.json', 'proto')], enums: String }),
  ) as unknown as {
    grpc: { health: { v1: { Health: new (address: string, credentials: unknown) => Client & { Check: Check } } } }
  }
  type Check = (request: object, done: (error: ServiceError | null, answer?: object) => void) => void
  const client = new loaded.grpc.health.v1.Health(`localhost:${server.port}`, credentials.createInsecure())
  const check = (service: string) =>
    new Promise((resolve, reject) => {
      client.Check({ service }, (error, answer) => (error ? reject(error) : resolve(answer)))
    })
  expect(await check('')).toEqual({ status: 'SERVING' })
  expect(await check('mpc.v1.SignService')).toEqual({ status: 'SERVING' })
  await expect(check('mpc.v1.Nothing')).rejects.toMatchObject({ code: 5 })
  client.close()
})

test.runIf(python)('python3-grpcio calls it, and is told the code', async () => {
  const script = `
import sys, grpc
channel = grpc.insecure_channel(sys.argv[1])
call = channel.unary_unary('/mpc.v1.KeyService/List')
print(call(b'', metadata=[('authorization', 'Bearer ' + sys.argv[2])]).hex() or 'empty')
try:
    call(b'')
except grpc.RpcError as error:
    print(error.code().name)
`
  const { stdout } = await run(python ?? 'python3', ['-c', script, `localhost:${server.port}`, await issuer.token()])
  expect(stdout.split('\n')).toEqual(['empty', 'UNAUTHENTICATED', ''])
})
