import { expect, test } from 'vitest'
import { fromCxfPasskey, passkeysOfCxf, toCxf } from '#lib/webauthn/authenticator/cxf.ts'
import { WebAuthenticator } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { SoftwareAuthenticator } from './authenticator.ts'
import { supportedAlgorithms } from './key.ts'

// Passkeys between the page's authenticators and those of the package, by the files that the page writes and reads.

const origin = 'http://localhost:3000'
const challenge = 'AAAA'
const options = {
  ...{ rp: { id: 'localhost', name: 'Acme Wallet' }, user: { id: 'YWRh', name: 'ada', displayName: 'Ada' }, challenge },
  pubKeyCredParams: supportedAlgorithms.map((alg) => ({ type: 'public-key' as const, alg })),
  authenticatorSelection: { residentKey: 'required' as const },
  extensions: { prf: {}, largeBlob: { support: 'required' } } as object,
}
const request = { challenge, rpId: 'localhost' }
const asking = (extensions: object) => ({ ...request, extensions })
const evaluate = asking({ prf: { eval: { first: 'AQID' } } })
const read = asking({ largeBlob: { read: true } })
const likeAPage = { origin, prf: true, largeBlob: true, backupEligible: true, backedUp: true, counts: false }

test('a passkey of the page’s file goes on in the package, with its PRF and its blob, and back', async () => {
  const page = new WebAuthenticator(likeAPage)
  const made = await page.create(options)
  await page.get({
    ...asking({ largeBlob: { write: 'aGVsbG8' } }),
    allowCredentials: [{ id: made.id, type: 'public-key' }],
  })
  const secret = (await page.get(evaluate)).clientExtensionResults.prf
  const { file } = await toCxf([...page.credentials.values()], 'localhost', new Date())

  const own = new SoftwareAuthenticator({ ...likeAPage, counts: true })
  const { taken, left } = await own.credentials.importFile(JSON.stringify(file))
  expect(left).toEqual([])
  expect(taken).toMatchObject([
    { id: made.id, rpId: 'localhost', username: 'ada', displayName: 'Ada', backupEligible: true, backedUp: true },
  ])
  expect(own.get(evaluate)).toMatchObject({ id: made.id, clientExtensionResults: { prf: secret } })
  expect(own.get(read).clientExtensionResults).toEqual({ largeBlob: { blob: 'aGVsbG8' } })
  // Whoever exchanges it does not count.
  expect(own.credentials.get(made.id)?.signCount).toBe(0)

  const back = await own.credentials.exportCxf()
  expect(back).toEqual({ file: { ...file, timestamp: expect.any(Number) }, left: [] })
  const again: Parameters<typeof fromCxfPasskey>[2] = []
  const [passkey] = passkeysOfCxf(back.file, again)
  expect(await fromCxfPasskey(passkey?.value, '', again)).toMatchObject({ id: made.id, userHandle: 'YWRh' })
  expect(again).toEqual([])
})

test.each(supportedAlgorithms)('COSE %i goes through the file', async (alg) => {
  const one = new SoftwareAuthenticator({ ...likeAPage, algorithms: [alg] })
  const { id } = one.create(options)
  const other = new SoftwareAuthenticator(likeAPage)
  const { taken, left } = await other.credentials.importFile((await one.credentials.exportCxf()).file)
  expect(left).toEqual([])
  expect(taken[0]?.privateKey.equals(one.credentials.get(id)?.privateKey as never)).toBe(true)
  // Of RSA the key says no hash: RS256 it is.
  const isRsa = taken[0]?.privateKey.asymmetricKeyType === 'rsa'
  expect(taken[0]?.algorithm).toBe(isRsa ? -257 : alg)
})

test('one that has counted is not written, and CDP’s shape is read, too, but for what is held', async () => {
  const one = new SoftwareAuthenticator({ origin, largeBlob: true })
  one.create(options)
  one.get(request)
  expect(await one.credentials.exportCxf()).toMatchObject({
    file: { accounts: [{ items: [] }] },
    left: [{ where: 'ada at localhost', why: expect.stringContaining('counter') }],
  })
  const [cdp] = one.credentials.export()
  expect(cdp).toMatchObject({ userName: 'ada', userDisplayName: 'Ada', signCount: 1 })
  const other = new SoftwareAuthenticator({ origin })
  expect((await other.credentials.importFile([cdp])).taken).toHaveLength(1)
  expect(other.credentials.export()).toEqual([cdp])
  expect(await other.credentials.importFile([cdp])).toMatchObject({
    taken: [],
    left: [{ why: 'is held by this authenticator already: delete it there first' }],
  })
})

test('what is wrong in a file is refused member by member, and what is right beside it is taken', async () => {
  const one = new SoftwareAuthenticator(likeAPage)
  one.create(options)
  const { file } = await one.credentials.exportCxf()
  const [account] = (file as { accounts: { items: { credentials: Record<string, unknown>[] }[] }[] }).accounts
  const [good] = account?.items[0]?.credentials ?? []
  const wrong = (change: object) => ({ credentials: [{ ...good, credentialId: 'AQ', ...change }] })
  const items = [
    wrong({ key: 'AAAAAAAAAAAAAAAAAAAAAAAA' }),
    wrong({ credentialId: '?' }),
    wrong({ userHandle: undefined }),
    wrong({ rpId: 7 }),
    wrong({ type: 'totp' }),
    wrong({ fido2Extensions: { hmacCredentials: { algorithm: 'md5', credWithUV: 'AA' } } }),
    ...(account?.items ?? []),
  ]
  const other = new SoftwareAuthenticator(likeAPage)
  const { taken, left } = await other.credentials.importFile({ ...file, accounts: [{ ...account, items }] })
  expect(taken.map(({ id }) => id)).toEqual(['AQ', good?.credentialId])
  const at = (item: number, member = '') => `accounts[0].items[${item}].credentials[0]${member}`
  expect(left.map(({ where }) => where)).toEqual([
    at(4),
    at(0, '.key'),
    at(1, '.credentialId'),
    at(2, '.userHandle'),
    at(3, '.rpId'),
    at(5, '.fido2Extensions.hmacCredentials.credWithUV'),
    at(5, '.fido2Extensions.hmacCredentials.algorithm'),
  ])
  for (const text of ['', '{', 'null', '"a"', '{}', 'x'.repeat(1_000_001)])
    expect(await other.credentials.importFile(text)).toMatchObject({ taken: [], left: [{ where: 'The text' }] })
  expect(other.credentials.list()).toHaveLength(2)
})
