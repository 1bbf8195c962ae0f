import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { create, toBinary, toJsonString } from '@bufbuild/protobuf'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import { KeygenServiceBeginRequestSchema as Begin } from '../proto/mpc_pb.js'

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
let server: Awaited<ReturnType<typeof serveMpc>>
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url })
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
})

const many = Array.from({ length: 1_001 }, () => ({}))
const tooMany = {
  'a list of messages': create(Begin, { parties: many as never }),
  'a list in a message': create(Begin, { parties: [{ commitment: many.map(() => new Uint8Array()) }] }),
}
const few = create(Begin, { parties: many.slice(0, 100) as never })

async function connect(type: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/mpc.v1.KeygenService/Begin`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': type, 'connect-protocol-version': '1', 'mpc-session': randomUUID() },
      ...{ authorization: `Bearer ${await issuer.token()}`, ...headers },
    },
    body: body as BodyInit,
  })
  const { code, message } = (await answer.json()) as { code: string; message: string }
  return `${code}: ${message}`
}

const refused = 'invalid_argument: The message has more than 1,000 values.'

test.each(Object.entries(tooMany))(
  'of more values than anybody means a message is refused unread: %s',
  async (_, request) => {
    expect(await connect('application/proto', toBinary(Begin, request))).toBe(refused)
    expect(await connect('application/json', toJsonString(Begin, request))).toBe(refused)
    const { keygen, headers } = await mpcUser(issuer, server.url)
    expect(await refusalOf(keygen.begin(request, headers(randomUUID())))).toMatchObject({
      code: 'InvalidArgument',
      reason: 'invalid_request',
    })
  },
)

test('so are values that nobody knows, groups of them, and JSON that is nested deep', async () => {
  const unknown = new Uint8Array(3_003).map((_, at) => [0xa0, 0x06, 0x01][at % 3] as number)
  expect(await connect('application/proto', unknown)).toBe(refused)
  const groups = new Uint8Array(4_004).map((_, at) => [0xa3, 0x06, 0xa4, 0x06][at % 4] as number)
  expect(await connect('application/proto', groups)).toBe(refused)
  expect(await connect('application/json', `${'{"policy":'.repeat(1_001)}0${'}'.repeat(1_001)}`)).toBe(refused)
})

test('a message with fewer is read, and judged by what it says', async () => {
  for (const [type, body] of [
    ['application/proto', toBinary(Begin, few)],
    ['application/json', toJsonString(Begin, few)],
  ] as const)
    expect(await connect(type, body)).toMatch(/^unimplemented: The suites are/)
})

test('what is no message is refused, where nobody need be known, too', async () => {
  const headers = { 'content-type': 'application/proto', 'connect-protocol-version': '1' }
  const check = (body: Uint8Array<ArrayBuffer>) =>
    fetch(`${server.url}/grpc.health.v1.Health/Check`, { method: 'POST', headers, body })
  expect((await check(new Uint8Array())).status).toBe(200)
  const answer = await check(Uint8Array.of(0x0a, 0xff, 0xff))
  expect([answer.status, (await answer.json()).code]).toEqual([400, 'invalid_argument'])
})

test('one that is compressed is refused, whatever is in it', async () => {
  const answer = await connect('application/proto', gzipSync(toBinary(Begin, few)), { 'content-encoding': 'gzip' })
  expect(answer).toMatch(/^unimplemented: /)
})
