import { expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { providerBugs, type SeenCredential } from './index.ts'

type Json = Record<string, unknown>

const authenticator = new SoftwareAuthenticator({ origin: 'http://localhost:3000' })

function made(alg = -7): SeenCredential & { byHand: Json } {
  const credential = authenticator.create({
    rp: { id: 'localhost', name: 'Acme Wallet' },
    user: { id: 'AAAA', name: 'ada', displayName: 'Ada' },
    challenge: 'AAAA',
    pubKeyCredParams: [{ type: 'public-key', alg }],
  })
  const { publicKeyAlgorithm, publicKey, authenticatorData, transports } = credential.response
  return {
    kind: 'registration',
    byHand: credential as unknown as Json,
    native: { json: JSON.parse(JSON.stringify(credential)) },
    methods: { publicKeyAlgorithm, publicKey, authenticatorData, transports } as SeenCredential['methods'] & object,
  }
}

const ids = (seen: SeenCredential) => providerBugs(seen).map(({ id }) => id)

test.each([-7, -8, -257, -35, -36, -37, -48])('a sound credential of the algorithm %d has nothing wrong', (alg) => {
  expect(providerBugs(made(alg))).toEqual([])
})

test('a browser without toJSON() and methods has nothing wrong', () => {
  expect(providerBugs({ kind: 'registration', byHand: made().byHand })).toEqual([])
})

const sound = made()
const methods = (more: object): SeenCredential => ({ ...sound, methods: { ...sound.methods, ...more } })
const natively = (more: Json): SeenCredential => ({ ...sound, native: { json: { ...sound.byHand, ...more } } })
const results = (clientExtensionResults: Json): SeenCredential => ({
  kind: 'registration',
  byHand: { ...sound.byHand, clientExtensionResults },
})

test.each<[what: string, SeenCredential, bugs: string[]]>([
  ['toJSON() that throws', { ...sound, native: { threw: 'TypeError' } }, ['to-json']],
  ['another id in toJSON()', natively({ id: 'AAAA' }), ['to-json id']],
  ['a member that toJSON() leaves out', natively({ rawId: undefined }), ['to-json rawId']],
  [
    'a result that only toJSON() has',
    natively({ clientExtensionResults: { prf: { enabled: true } } }),
    ['to-json clientExtensionResults.prf.enabled'],
  ],
  ['an id that is not rawId', { kind: 'registration', byHand: { ...sound.byHand, id: 'AAAA' } }, ['id']],
  [
    'an ID that the authenticator did not make',
    { kind: 'registration', byHand: { ...sound.byHand, id: 'AAAA', rawId: 'AAAA' } },
    ['attested-id'],
  ],
  ['another key in getPublicKey()', methods({ publicKey: made().methods?.publicKey }), ['public-key']],
  ['another algorithm', methods({ publicKeyAlgorithm: -257 }), ['algorithm']],
  ['other authenticator data', methods({ authenticatorData: 'AAAA' }), ['authenticator-data']],
  ['transports that are no list', methods({ transports: 'usb' }), ['transports']],
  ['an unknown transport', methods({ transports: ['cable'] }), ['transports-known']],
  ['a transport twice', methods({ transports: ['usb', 'usb'] }), ['transports-unique']],
  ['transports out of order', methods({ transports: ['usb', 'nfc'] }), ['transports-order']],
  ['credProps.rk as text', results({ credProps: { rk: 'true' } }), ['result credProps.rk']],
  [
    'a PRF result of 16 bytes',
    results({ prf: { enabled: true, results: { first: 'AAAAAAAAAAAAAAAAAAAAAA' } } }),
    ['result prf.results.first'],
  ],
  ['largeBlob.supported as a number', results({ largeBlob: { supported: 1 } }), ['result largeBlob.supported']],
  [
    'an empty user handle',
    { kind: 'authentication', byHand: { id: 'AAAA', rawId: 'AAAA', response: { userHandle: '' } } },
    ['user-handle'],
  ],
])('%s is found', (_, seen, bugs) => {
  expect(ids(seen)).toEqual(bugs)
})

test('a secret of which toJSON() says something else is found, and not shown', () => {
  const [first, blob] = ['c2VjcmV0IG9mIGEgcHNldWRvLXJhbmRvbSBmdW5jdGk', 'c2VjcmV0IGJsb2I']
  const bugs = providerBugs({
    ...results({ prf: { enabled: true, results: { first } }, largeBlob: { blob } }),
    native: {
      json: {
        ...sound.byHand,
        clientExtensionResults: { prf: { enabled: false, results: blob }, largeBlob: { blob: [1, 2] } },
      },
    },
  })
  expect(bugs.map(({ id, expected, actual }) => [id.split('.').slice(1).join('.'), expected, actual])).toEqual([
    ['prf.enabled', 'true', 'false'],
    ['prf.results.first', 'not shown', 'absent'],
    ['largeBlob.blob', 'not shown', 'not shown'],
    ['prf.results', 'absent', 'not shown'],
  ])
  const written = results({ largeBlob: { blob: [115, 101, 99] } })
  expect(providerBugs(written)).toMatchObject([{ id: 'result largeBlob.blob', actual: 'something else' }])
})

test('a secret is never shown, and what does not decode breaks nothing', () => {
  const secret = 'c2VjcmV0'
  expect(JSON.stringify(providerBugs(results({ prf: { results: { first: secret } } })))).not.toContain(secret)
  expect(
    providerBugs({ kind: 'registration', byHand: { id: 1, rawId: 1, response: 7 }, native: { json: null } }),
  ).toEqual([
    expect.objectContaining({ id: 'to-json id' }),
    expect.objectContaining({ id: 'to-json rawId' }),
    expect.objectContaining({ id: 'to-json response' }),
  ])
})
