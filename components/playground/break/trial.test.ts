import { afterEach, expect, test, vi } from 'vitest'
import { type Fault, faults, playgroundMapping } from '#lib/webauthn/faults/index.ts'
import { randomText } from '#lib/webauthn/faults/tampering.ts'
import { type BenchServer, newTrial } from './trial.ts'

const base = 'https://app.example'
const bench: BenchServer = {
  ...{ name: 'x', origin: base, rpId: 'app.example', apiKey: 'sk_test_x', manages: true },
  mapping: playgroundMapping(base, 'sk_test_x'),
}
const heard = { onWait: () => undefined, onLate: () => undefined }
const [fault] = faults as readonly [Fault, ...Fault[]]

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** Holds a registration's answer back until it is released. */
function heldAnswer() {
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  return {
    arrived: arrived.promise,
    release: released.resolve,
    async held(path: string) {
      if (path !== 'register/finish') return
      arrived.resolve()
      await released.promise
    },
  }
}

/** A server that accepts everything, and keeps passkeys until they are deleted. */
function acceptingServer({ held = async (_: string) => undefined as unknown } = {}) {
  vi.stubEnv('PLAYGROUND_BASE_URL', base)
  const passkeys = new Set<string>()
  const usernames: string[] = []
  const calls: string[] = []
  const tokens: (string | null)[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const path = new URL(String(input)).pathname.replace('/v1/passkeys/', '')
    calls.push(`${init?.method} ${path}`)
    await new Promise((resolve, reject) => {
      held(path).then(resolve)
      init?.signal?.addEventListener('abort', reject)
    })
    if (init?.method === 'DELETE') {
      tokens.push(new Headers(init.headers).get('X-User-Token'))
      passkeys.delete(path)
      return new Response(null, { status: 204 })
    }
    const body = JSON.parse(String(init?.body))
    if (path.endsWith('begin')) {
      const { username } = body
      const ceremonyId = String(usernames.push(username) - 1)
      const publicKey = {
        ...{ challenge: randomText(), rpId: 'app.example', rp: { id: 'app.example', name: 'Acme Wallet' } },
        user: { id: randomText(), name: username, displayName: username },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      }
      return Response.json({ ceremonyId, publicKey })
    }
    const username = usernames[Number(body.ceremonyId)] as string
    const id = `passkey-of-${username}`
    if (path.startsWith('register')) passkeys.add(id)
    return Response.json({ user: { username }, passkey: { id }, token: `token-of-${username}` })
  })
  return { passkeys, calls, tokens }
}

test('what was stopped stays stopped, also while its passkeys are taken away and after', async () => {
  const { passkeys, calls } = acceptingServer()
  const trial = newTrial(bench, heard)
  expect(await trial.try(fault)).toMatchObject({ verdict: 'hole' })
  expect([trial.stopped, passkeys.size]).toEqual([false, 2])
  trial.stop()
  const tidied = trial.tidy()
  expect(trial.stopped).toBe(true)
  expect(await tidied).toBe(0)
  expect([trial.stopped, passkeys.size]).toEqual([true, 0])
  const { length } = calls
  expect(await trial.try(fault)).toMatchObject({ verdict: 'untried' })
  expect(calls).toHaveLength(length)
})

test('a passkey of the call that was under way when it was stopped is taken away, and no call follows but that', async () => {
  const { arrived, release, held } = heldAnswer()
  const { passkeys, calls } = acceptingServer({ held })
  const trial = newTrial(bench, heard)
  const tried = trial.try(fault)
  await arrived
  trial.stop()
  const tidied = trial.tidy()
  release()
  expect(await tried).toMatchObject({ verdict: 'untried' })
  expect([await tidied, passkeys.size]).toEqual([0, 0])
  expect(calls).toEqual(['POST register/begin', 'POST register/finish', expect.stringMatching(/^DELETE passkey-of-/)])
})

test('a key that may not take any passkey away does it with the token of each user', async () => {
  const { passkeys, tokens } = acceptingServer()
  const trial = newTrial({ ...bench, manages: false }, heard)
  await trial.try(fault)
  expect(await trial.tidy()).toBe(0)
  expect(passkeys.size).toBe(0)
  expect(tokens).toEqual([expect.stringMatching(/^token-of-break-it-/), expect.stringMatching(/^token-of-.*-2$/)])
})

test.for([true, false])(
  'a page that goes sends for its passkeys at once, with the key that manages: %s',
  async (manages) => {
    const { passkeys, calls, tokens } = acceptingServer()
    const trial = newTrial({ ...bench, manages }, heard)
    trial.abandon()
    const before = calls.length
    await trial.try(fault)
    const { length } = calls
    const sent = vi.mocked(fetch).mock.calls
    trial.abandon()
    expect(before).toBe(0)
    expect(calls.slice(length)).toEqual(calls.slice(length).map(() => expect.stringMatching(/^DELETE passkey-of-/)))
    expect(sent.slice(length).map(([, init]) => init?.keepalive)).toEqual(calls.slice(length).map(() => true))
    await vi.waitFor(() => expect(passkeys.size).toBe(0))
    expect(tokens.map((token) => token !== null)).toEqual(tokens.map(() => !manages))
    expect(tokens).toHaveLength(2)
  },
)

test('at a server of one’s own stopping ends the call itself, and nothing is taken away', async () => {
  const { arrived, held } = heldAnswer()
  const { calls } = acceptingServer({ held })
  const { apiKey: _, ...own } = bench
  const trial = newTrial(own, heard)
  const tried = trial.try(fault)
  await arrived
  trial.stop()
  expect(await tried).toMatchObject({ verdict: 'untried' })
  expect([await trial.tidy(), calls]).toEqual([0, ['POST register/begin', 'POST register/finish']])
})
