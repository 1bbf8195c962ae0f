import { expect, test } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { authenticate, register } from './perform-ceremony.ts'

/** What a ceremony begins with, in a page that has no WebAuthn: there it ends. */
async function begunWith(perform: (client: Promise<Client>) => Promise<{ status: string }>): Promise<unknown> {
  const sent: unknown[] = []
  const publicKey = { challenge: 'AAAA', user: { id: 'AAAA' } }
  const answering: typeof fetch = async (_, init) => {
    sent.push(JSON.parse(String(init?.body)))
    return Response.json({ ceremonyId: 'cer', expiresAt: '2030-01-01T00:00:00Z', publicKey })
  }
  const client = new Client({ apiKey: 'x', baseUrl: 'http://localhost:1', fetch: answering })
  expect((await perform(Promise.resolve(client))).status).toBe('error')
  expect(sent).toHaveLength(1)
  return sent[0]
}

const common = {
  signal: new AbortController().signal,
  publish: () => {},
  explain: async () => ({ code: '', what: '', why: '', todo: '', raw: '' }),
  username: 'ada',
  options: undefined,
  added: undefined,
  userToken: undefined,
}

test('the server is told of a registration’s mediation, and not of a sign-in’s', async () => {
  const conditional = { ...common, mediation: 'conditional' } as const
  expect(await begunWith((client) => register({ ...conditional, client }))).toEqual({
    username: 'ada',
    mediation: 'conditional',
  })
  expect(await begunWith((client) => authenticate({ ...conditional, client }))).toEqual({ username: 'ada' })
  expect(await begunWith((client) => register({ ...common, mediation: undefined, client }))).toEqual({
    username: 'ada',
  })
})
