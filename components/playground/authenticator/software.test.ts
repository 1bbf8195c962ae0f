import { expect, test, vi } from 'vitest'
import { onAuthenticatorChange } from './authenticator-change.ts'
import { software } from './software.ts'

const challenge = new Uint8Array(32)
const creation = {
  rp: { id: 'acme.example', name: 'Acme Wallet' },
  user: { id: new Uint8Array([1]), name: 'ada', displayName: 'Ada' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  authenticatorSelection: { residentKey: 'required' as const },
}
const request = { challenge, rpId: 'acme.example' }

/** A page with its own store, in a browser without WebAuthn. */
async function onPage(work: (store: Map<string, string>) => Promise<void>) {
  const store = new Map<string, string>()
  vi.stubGlobal('location', { origin: 'https://acme.example', hostname: 'acme.example' })
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, value: string) => store.set(name, value),
    removeItem: (name: string) => store.delete(name),
  })
  try {
    await work(store)
  } finally {
    software.clear()
    vi.unstubAllGlobals()
  }
}

const only = () => software.state().authenticators[0] ?? expect.fail('there is none')
const offering = () => software.state().offering ?? expect.fail('nothing is offered')
const create = (user: Partial<typeof creation.user> = {}) =>
  navigator.credentials.create({ publicKey: { ...creation, user: { ...creation.user, ...user } } })
const offered = () => {
  const answer = navigator.credentials.get({ publicKey: request, mediation: 'conditional' })
  answer.catch(() => undefined)
  return answer
}

test.for([
  ['removed', () => software.remove(only().id)],
  ['switched off', () => software.turn(false)],
  ['started over', () => software.clear()],
] as const)('an authenticator that is %s answers no call that waits for it', ([, takeAway]) =>
  onPage(async () => {
    software.turn(true)
    const { web } = only()
    const pending = create()
    takeAway()
    await expect(pending).rejects.toMatchObject({ name: 'NotAllowedError' })
    expect(web.credentials.size).toBe(0)
    software.turn(true)
    await create()
    expect(only().web.credentials.size).toBe(1)
  }),
)

test('what is offered beside the page is what is held now, and what is set now holds for it', () =>
  onPage(async () => {
    software.turn(true)
    const first = offered()
    const names = () =>
      offering()
        .candidates()
        .map(({ credential }) => credential?.username)
    expect(names()).toEqual([])
    await create()
    await create({ id: new Uint8Array([2]), name: 'bea' })
    expect(names()).toEqual(['bea', 'ada'])
    const [bea] = offering().candidates()
    software.forget(only().id, bea?.credential?.id ?? '')
    expect(names()).toEqual(['ada'])
    if (bea) offering().take(bea)
    await expect(first, 'no other passkey answers for one that is deleted').rejects.toMatchObject({
      name: 'NotAllowedError',
    })
    const second = offered()
    const [ada] = offering().candidates()
    software.set(only().id, { refuses: true })
    if (ada) offering().take(ada)
    await expect(second).rejects.toMatchObject({ name: 'NotAllowedError' })
    software.set(only().id, { refuses: false })
    const third = offered()
    if (ada) offering().take(ada)
    expect(await third).toMatchObject({ id: ada?.credential?.id })
  }))

test('what the tab has kept comes back, and not after a start over while it was read', () =>
  onPage(async (store) => {
    const kept = JSON.stringify({ on: true, authenticators: [{}] })
    store.set('playground.authenticators', kept)
    await software.restore()
    expect(software.state()).toMatchObject({ on: true, authenticators: [{ id: 1 }] })
    software.clear()
    store.set('playground.authenticators', kept)
    const reading = software.restore()
    software.clear()
    await reading
    expect(software.state()).toMatchObject({ on: false, authenticators: [] })
  }))

test('the first that is added answers at once, and a further one changes nothing about that', () =>
  onPage(async () => {
    software.add('cross-platform')
    expect(software.state()).toMatchObject({
      on: true,
      authenticators: [{ settings: { attachment: 'cross-platform' } }],
    })
    software.turn(false)
    software.add('platform')
    expect(software.state().on).toBe(false)
  }))

test('who waits beside the page hears of each change before what was asked there is ended', () =>
  onPage(async () => {
    const heard: boolean[] = []
    const stop = onAuthenticatorChange(() => heard.push(navigator.credentials !== undefined))
    software.turn(true)
    software.turn(true)
    expect(heard).toEqual([true])
    const waiting = new AbortController()
    const answer = navigator.credentials.get({ publicKey: request, mediation: 'conditional', signal: waiting.signal })
    const again = onAuthenticatorChange(() => waiting.abort())
    software.turn(false)
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
    expect(heard).toEqual([true, false])
    stop()
    again()
    software.turn(true)
    expect(heard).toHaveLength(2)
  }))

test('without Web Crypto the browser goes on answering', () =>
  onPage(async () => {
    const { crypto } = globalThis
    vi.stubGlobal('crypto', {})
    software.turn(true)
    expect(software.state()).toMatchObject({ on: false, authenticators: [] })
    vi.stubGlobal('crypto', crypto)
    software.turn(true)
    expect(software.state().on).toBe(true)
  }))

test('a passkey is held once, whoever takes it in, and counted where it is taken', () =>
  onPage(async () => {
    software.turn(true)
    software.add('cross-platform')
    const [one, two] = software.state().authenticators
    if (!one || !two) return expect.fail('there are no two')
    const passkey = { id: 'AAAA' } as never
    expect(software.take(two.id, [passkey])).toBe(1)
    expect(software.take(one.id, [passkey])).toBe(0)
    expect(software.take(99, [{ id: 'BBBB' } as never])).toBe(0)
    expect([one.web.credentials.size, [...two.web.credentials.keys()]]).toEqual([0, ['AAAA']])
  }))
