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
