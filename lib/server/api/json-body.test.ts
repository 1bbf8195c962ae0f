import { beforeAll, expect, test } from 'vitest'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { api } from './app.ts'

let secret: string
beforeAll(async () => {
  const caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'test')
  secret = (await createKey(caller, { name: 'x', scopes: ['passkeys:authenticate'] })).secret
})

/** A request whose body comes in parts; after the last of them it ends, or breaks off. */
async function begin(
  parts: string[],
  length: number | undefined,
  end: (of: ReadableStreamController<Uint8Array>) => void,
) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      end(controller)
    },
  })
  const headers = {
    Authorization: `Bearer ${secret}`,
    'Content-Type': 'application/json',
    ...(length === undefined ? {} : { 'Content-Length': String(length) }),
  }
  const init = { method: 'POST', headers, body, duplex: 'half' }
  const answer = await api().request('/v1/passkeys/authenticate/begin', init)
  return { status: answer.status, body: await answer.json() }
}

test.each([undefined, 100])(
  'a body that breaks off is the client’s failure, and not the server’s (length %s)',
  async (length) => {
    const answer = await begin(['{'], length, (body) => body.error(new Error('aborted')))
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', detail: 'The body was cut off.' } })
    expect((await begin(['{', '}'], length, (body) => body.close())).status).toBe(200)
  },
)

test('a body has a thousand values at most, and commas in texts are none', async () => {
  const send = (body: string) => begin([body], Buffer.byteLength(body), (stream) => stream.close())
  const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, 0]))
  const many = await send(JSON.stringify(members(1_001)))
  expect(many).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  expect(many.body.detail).toBe('The body has more than 1,000 values.')
  for (const body of [`[${'[],'.repeat(1_000)}0]`, `{"username":["",${'"\\\\",'.repeat(1_000)}0]}`]) {
    expect((await send(body)).body.detail).toBe('The body has more than 1,000 values.')
  }
  expect((await send(JSON.stringify(members(1_000)))).body.detail).toBe('x0: is not known here')
  for (const text of [','.repeat(2_000), '\\",'.repeat(2_000), '\\\\,"'.repeat(700), '",'.repeat(2_000)]) {
    const { body } = await send(JSON.stringify({ username: text }))
    expect(body).toMatchObject({ code: 'invalid_request', issues: [{ path: 'username' }] })
  }
})

test('a number beyond all numbers is no null, which would count as not sent', async () => {
  const send = (body: string) => begin([body], Buffer.byteLength(body), (stream) => stream.close())
  expect(await send('{"username":1e999}')).toMatchObject({ status: 400, body: { issues: [{ path: 'username' }] } })
  expect((await send('{"username":null}')).status).toBe(200)
})
