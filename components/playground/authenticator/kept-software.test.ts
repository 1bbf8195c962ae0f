import { expect, test, vi } from 'vitest'
import { providerOf } from '#lib/webauthn/aaguid.ts'
import { WebAuthenticator } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { keepSoftware, keptSoftware } from './kept-software.ts'
import {
  mostAuthenticators,
  platformSettings,
  roamingSettings,
  softwareAaguid,
  webSettings,
} from './software-settings.ts'

const origin = 'https://acme.example'

/** Runs with a tab's store of its own, in a browser without one of its own. */
async function withStore(work: (store: Map<string, string>) => Promise<void>) {
  const store = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, value: string) => store.set(name, value),
    removeItem: (name: string) => store.delete(name),
  })
  try {
    await work(store)
  } finally {
    vi.unstubAllGlobals()
  }
}

test('authenticators come back with their settings and passkeys, whatever their algorithm, and still evaluate the same PRF', () =>
  withStore(async (store) => {
    const settings = { ...roamingSettings, delay: 300, tamper: 'bit-flipped', algorithms: [-258], refuses: true }
    const web = new WebAuthenticator(webSettings(settings, origin))
    const { id } = await web.create({
      rp: { id: 'acme.example', name: 'Acme Wallet' },
      user: { id: 'aGFuZGxl', name: 'ada', displayName: 'Ada' },
      challenge: 'AAAA',
      pubKeyCredParams: [{ type: 'public-key', alg: -258 }],
      extensions: { prf: {} } as object,
    })
    await keepSoftware({ on: true, authenticators: [{ id: 7, settings, web }] })
    const kept = await keptSoftware(origin)
    expect(kept.on).toBe(true)
    expect(kept.authenticators.map(({ settings }) => settings)).toEqual([settings])
    const { privateKey: _, ...own } = web.credentials.get(id) ?? expect.fail('not held')
    const { privateKey: __, ...again } = kept.authenticators[0]?.web.credentials.get(id) ?? expect.fail('not kept')
    expect(again).toEqual({ ...own, largeBlob: undefined })
    await keepSoftware({ on: false, authenticators: [] })
    expect([...store]).toEqual([])
  }))

test('a private key is exported once, however often something is set, and a new one again', () =>
  withStore(async (store) => {
    const web = new WebAuthenticator(webSettings(platformSettings, origin))
    const make = (id: string) =>
      web.create({
        ...{ rp: { id: 'acme.example', name: 'Acme Wallet' }, user: { id, name: 'ada', displayName: 'Ada' } },
        ...{ challenge: 'AAAA', pubKeyCredParams: [{ type: 'public-key', alg: -7 }] },
      })
    await make('AAAA')
    const exports = vi.spyOn(crypto.subtle, 'exportKey')
    const keep = (name: string) =>
      keepSoftware({ on: true, authenticators: [{ id: 1, settings: { ...platformSettings, name }, web }] })
    for (const name of ['a', 'ab', 'abc']) await keep(name)
    const ofPrivateKeys = () => exports.mock.calls.filter(([format]) => format === 'pkcs8').length
    expect(ofPrivateKeys()).toBe(1)
    await make('AAAB')
    await keep('abcd')
    expect(ofPrivateKeys()).toBe(2)
    exports.mockRestore()
    const [kept] = JSON.parse(store.get('playground.authenticators') ?? '').authenticators
    expect(kept).toMatchObject({ settings: { name: 'abcd' }, credentials: [{}, {}] })
  }))

test('what the tab has kept may be anything: what is wrong in it is left out', () =>
  withStore(async (store) => {
    const nothing = { on: false, authenticators: [] }
    for (const text of ['', '{', 'null', '7', '[]', '{"on":true}', '{"on":true,"authenticators":7}']) {
      store.set('playground.authenticators', text)
      expect(await keptSoftware(origin), text).toEqual(nothing)
    }
    const wrong = {
      name: 7,
      delay: -1,
      aaguid: 'x',
      transports: ['usb', 'air'],
      algorithms: ['x'],
      tamper: 'nothing-known',
      verifiesUsers: 'no',
    }
    store.set(
      'playground.authenticators',
      JSON.stringify({ on: true, authenticators: [{ settings: wrong, credentials: [null, {}] }] }),
    )
    const { authenticators } = await keptSoftware(origin)
    expect(authenticators.map(({ settings, web }) => [settings, web.credentials.size])).toEqual([
      [{ ...platformSettings, transports: ['usb'], algorithms: [] }, 0],
    ])
  }))

test('one passkey that cannot be read takes no other with it, and of too many authenticators the first are there', () =>
  withStore(async (store) => {
    const web = new WebAuthenticator(webSettings(platformSettings, origin))
    const made = () =>
      web.create({
        rp: { id: 'acme.example', name: 'Acme Wallet' },
        user: { id: 'aGFuZGxl', name: 'ada', displayName: 'Ada' },
        challenge: 'AAAA',
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      })
    const [, { id }] = [await made(), await made()]
    await keepSoftware({ on: true, authenticators: [{ id: 1, settings: platformSettings, web }] })
    const kept = JSON.parse(store.get('playground.authenticators') ?? '')
    kept.authenticators[0].credentials[0].own.algorithm = -257
    kept.authenticators.push(...Array.from({ length: 20 }, () => ({})))
    store.set('playground.authenticators', JSON.stringify(kept))
    const { authenticators } = await keptSoftware(origin)
    expect([...(authenticators[0]?.web.credentials.keys() ?? [])]).toEqual([id])
    expect(authenticators).toHaveLength(mostAuthenticators)
  }))

test('without a name of somebody else’s, a passkey in software is called what it is', () => {
  expect(providerOf(softwareAaguid)).toBe('Software authenticator of the Playground')
})
