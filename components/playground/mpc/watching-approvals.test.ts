import { afterEach, expect, test, vi } from 'vitest'
import { watchingApprovals } from './watching-approvals.ts'

afterEach(() => vi.unstubAllGlobals())

const finish = '/v1/passkeys/authenticate/finish'
const checks = [
  { id: 'action-commitment', title: 'x', spec: 'https://x.example', outcome: 'pass', expected: '', actual: '' },
]

async function told(path: string, answer: Response) {
  vi.stubGlobal('fetch', async () => answer)
  const seen: unknown[] = []
  const passed = await watchingApprovals((approval) => seen.push(approval))(path)
  return { seen, text: await passed.text() }
}

test('an approval and its checks are told, and the answer passes unchanged', async () => {
  const body = { approval: 'a.b.c', checks }
  expect(await told(finish, Response.json(body))).toEqual({ seen: [body], text: JSON.stringify(body) })
  expect((await told(finish, Response.json({ code: 'verification_failed', checks }, { status: 401 }))).seen).toEqual([
    { checks },
  ])
})

test('what has no checks, or is no approval, tells nothing', async () => {
  expect((await told(finish, Response.json({ approval: 'a.b.c', checks: [] }))).seen).toEqual([])
  expect(await told(finish, new Response('no JSON'))).toEqual({ seen: [], text: 'no JSON' })
  expect((await told('/v1/mpc/mpc.v1.SignService/Begin', Response.json({ checks }))).seen).toEqual([])
})
