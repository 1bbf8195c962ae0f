import { expect, test } from 'vitest'
import { toBase64url } from '../decode/bytes.ts'
import { toCdpCredential } from './cdp-credential.ts'
import { toCxf } from './cxf.ts'
import { limits } from './import-limits.ts'
import { importedCredentials } from './imported.ts'
import { WebAuthenticator, type WebAuthenticatorSettings } from './web-authenticator.ts'

const challenge = toBase64url(new Uint8Array(32))
const held = () => undefined

/** A credential, made as a page makes it, with a blob. */
async function made(settings: Partial<WebAuthenticatorSettings> = {}, alg = -7) {
  const authenticator = new WebAuthenticator({ origin: 'https://acme.example', ...settings })
  const { id } = await authenticator.create({
    rp: { id: 'acme.example', name: 'Acme Wallet' },
    user: { id: 'aGFuZGxl', name: 'ada', displayName: 'Ada' },
    challenge,
    pubKeyCredParams: [{ type: 'public-key', alg }],
    authenticatorSelection: { residentKey: 'required' },
    extensions: { largeBlob: { support: 'preferred' } } as object,
  })
  const credential = authenticator.credentials.get(id) ?? expect.fail('not held')
  credential.largeBlob = new Uint8Array(300).fill(7)
  return credential
}

const synced = { backupEligible: true, backedUp: true, counts: false }
const plain = ({ privateKey: _, cose: __, ...credential }: Awaited<ReturnType<typeof made>>) => credential

test.for([-7, -257, -8, -35])(
  'a credential of COSE %i comes back from the shape of CDP, but for its AAGUID and its PRF',
  async (alg) => {
    const credential = await made({}, alg)
    credential.signCount = 3
    const file = JSON.stringify({ credentials: [await toCdpCredential(credential)] })
    const { taken, left } = await importedCredentials(file, held)
    expect(left).toEqual([])
    expect(taken.map(plain)).toEqual(
      [{ ...plain(credential), prfSecret: undefined }].map(({ prfSecret: _, ...rest }) => rest),
    )
  },
)

test('a passkey comes back from the Credential Exchange Format, with its PRF and its blob; one that has counted stays out of it', async () => {
  const credential = await made(synced)
  const counted = await made()
  counted.signCount = 1
  const { file, left: leftOut } = await toCxf([credential, counted], 'acme.example', new Date(1_000_000))
  expect(file).toMatchObject({ version: { major: 1, minor: 0 }, exporterRpId: 'acme.example', timestamp: 1_000 })
  expect(leftOut).toEqual([{ where: 'ada at acme.example', why: expect.stringContaining('counter') }])
  const { taken, left } = await importedCredentials(JSON.stringify(file), held)
  expect(left).toEqual([])
  expect(taken.map(plain)).toEqual([plain(credential)])
})

test('what cannot be taken is told member by member, and the rest is taken', async () => {
  const { file } = await toCxf([await made(synced)], 'acme.example', new Date())
  const foreign = JSON.parse(JSON.stringify(file))
  const [item] = foreign.accounts[0].items
  const [passkey] = item.credentials
  passkey.userDisplayName = 7
  passkey.colour = 'blue'
  passkey.fido2Extensions.credBlob = 'AQID'
  passkey.fido2Extensions.hmacCredentials.credWithUV = 'AQID'
  passkey.fido2Extensions.largeBlob.uncompressedSize = 1
  item.credentials.push({ type: 'totp' }, { ...passkey, credentialId: undefined, key: 'AAAAAAAAAAAAAAAAAAAAAAAA' })
  const { taken, left } = await importedCredentials(JSON.stringify(foreign), held)
  expect(taken).toHaveLength(1)
  expect(taken[0]).toMatchObject({
    username: 'ada',
    displayName: undefined,
    prfSecret: undefined,
    largeBlob: undefined,
  })
  const at = 'accounts[0].items[0].credentials[0]'
  expect(left.map(({ where }) => where)).toEqual([
    'accounts[0].items[0].credentials[1]',
    `${at}.userDisplayName`,
    `${at}.colour`,
    `${at}.fido2Extensions.credBlob`,
    `${at}.fido2Extensions.hmacCredentials.credWithUV`,
    `${at}.fido2Extensions.largeBlob.data`,
    'accounts[0].items[0].credentials[2].userDisplayName',
    'accounts[0].items[0].credentials[2].colour',
    'accounts[0].items[0].credentials[2].credentialId',
  ])
})

test('what is held already, or stands there twice, is left out', async () => {
  const one = await toCdpCredential(await made())
  const two = await made()
  const file = JSON.stringify([one, one, await toCdpCredential(two)])
  const { taken, left } = await importedCredentials(file, (id) => (id === two.id ? 'Phone' : undefined))
  expect(taken).toHaveLength(1)
  expect(left).toEqual([
    { where: 'credentials[1]', why: 'is there twice: the first is read' },
    { where: 'credentials[2]', why: 'is held by Phone already: delete it there first' },
  ])
})

test('hostile text gives no credential, a reason, and no exception', async () => {
  const good = await toCdpCredential(await made())
  const bomb = { ...good, privateKey: 'A'.repeat(900_000) }
  const hostile = [
    '',
    'null',
    '7',
    '{',
    '{}',
    '[]',
    '{"__proto__":{"accounts":[]}}',
    '{"accounts":{}}',
    '{"accounts":[null]}',
    '{"accounts":[{"items":[{"credentials":[null]}]}]}',
    '{"credentials":[null,7,"x",[]]}',
    JSON.stringify(bomb),
    JSON.stringify({ ...good, privateKey: good.privateKey.slice(0, 60) }),
    JSON.stringify({ ...good, rpId: 'x'.repeat(300) }),
    JSON.stringify({ ...good, userHandle: btoa('x'.repeat(65)) }),
    JSON.stringify({ ...good, credentialId: '!' }),
    ' '.repeat(limits.file + 1),
    '['.repeat(100_000),
  ]
  for (const text of hostile) {
    const { taken, left } = await importedCredentials(text, held)
    expect(taken).toEqual([])
    if (text !== '[]') expect(left, text.slice(0, 60)).not.toEqual([])
  }
  const { taken, left } = await importedCredentials(JSON.stringify({ ...good, __proto__: 1, constructor: 2 }), held)
  expect(taken).toHaveLength(1)
  expect(left).toEqual([{ where: 'credential.constructor', why: 'is not known here' }])
})

test('what is not taken is told in letters that stay where they stand', async () => {
  const type = `totp\u202e\u001b[2J${'x'.repeat(60)}`
  const file = { accounts: [{ items: [{ credentials: [{ type }, { type: 'passkey', '\u202eno': 1 }] }] }] }
  const { left } = await importedCredentials(JSON.stringify(file), held)
  expect(left.length).toBeGreaterThan(2)
  expect(JSON.stringify(left.map(({ where, why }) => where + why))).not.toMatch(/\\u|\p{C}/u)
  expect(left[0]?.why).toMatch(/^is of the type totp\ufffd\ufffd\[2Jx+…, and no passkey$/)
})

test('padding is one or two signs: what is nothing but padding is read once, and refused', async () => {
  const good = await toCdpCredential(await made())
  const padded = `${'='.repeat(limits.largeBlob.most * 2)}x`
  const many = Array.from({ length: 29 }, () => ({ ...good, credentialId: '!', largeBlob: padded }))
  const { taken, left } = await importedCredentials(JSON.stringify(many), held)
  expect(taken).toEqual([])
  expect(left.filter(({ why }) => why === 'is neither base64url nor base64')).toHaveLength(58)
  const whole = await importedCredentials(JSON.stringify({ ...good, largeBlob: 'AAA=', userHandle: 'AA==' }), held)
  expect(whole.left).toEqual([])
})

test('no more credentials are read than the limit, and no blob that swells beyond its own', async () => {
  const many = Array.from({ length: limits.credentials + 5 }, () => ({}))
  const { left } = await importedCredentials(JSON.stringify(many), held)
  expect(left[0]).toMatchObject({ where: 'The text' })
  expect(left.some(({ where }) => where.startsWith(`credentials[${limits.credentials}]`))).toBe(false)

  const nothing = { credentials: Array.from({ length: limits.credentials }, () => 7) }
  const swollen = JSON.stringify({ accounts: [{ items: Array.from({ length: limits.credentials }, () => nothing) }] })
  const told = (await importedCredentials(swollen, held)).left
  expect(told).toHaveLength(limits.told + 1)
  expect(told.at(-1)).toEqual({ where: 'The text', why: 'has 9800 more that were not taken' })

  const credential = await made(synced)
  credential.largeBlob = new Uint8Array(limits.largeBlob.most + 1)
  const { file } = await toCxf([credential], 'acme.example', new Date())
  const read = await importedCredentials(JSON.stringify(file), held)
  expect(read.taken[0]?.largeBlob).toBeUndefined()
  expect(read.left.map(({ where }) => where.split('.').at(-1))).toEqual(['data'])
})
