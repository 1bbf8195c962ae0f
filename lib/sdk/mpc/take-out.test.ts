import { expect, test } from 'vitest'
import { type KeyShare, type PartyName, publicKey, suiteNames, verify } from '#lib/mpc/protocol/index.ts'
import { newKey, reshared, sign } from '#lib/mpc/protocol/whole-key.ts'
import { readRecoveryFile, signAlone, takeOut } from './index.ts'
import { recoveryFileOf } from './recovery-file.ts'

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
const three = { threshold: 2, parties: ['device', 'server', 'recovery'] as PartyName[] }

test.each(suiteNames)('enough shares of %s are the whole key, which signs as they did', async (suite) => {
  const made = await newKey({ suite, ...three })
  const held = (...parties: PartyName[]) => parties.map((party) => made.shares.get(party) as KeyShare)
  const taken = takeOut(made.key, held('recovery', 'device'))
  expect(taken.publicKey).toEqual(publicKey(made.key))
  expect(verify(suite, signAlone(taken, message), message, publicKey(made.key))).toBe(true)
  expect(verify(suite, sign(made, ['device', 'server'], message), message, taken.publicKey)).toBe(true)
  expect(takeOut(made.key, held('device', 'server', 'recovery')).secretKey).toEqual(taken.secretKey)

  const now = await reshared(made, { ...three, contributors: ['device'] })
  const [device, recovery] = held('device', 'recovery') as [KeyShare, KeyShare]
  const refusals = [
    [made.key, [device], 'parties_invalid'],
    [made.key, [device, device], 'parties_invalid'],
    [made.key, [device, { ...recovery, secret: device.secret }], 'share_invalid'],
    [made.key, [device, now.shares.get('recovery') as KeyShare], 'generation_mismatch'],
    [now.key, [device, recovery], 'generation_mismatch'],
  ] as const
  for (const [key, shares, reason] of refusals) {
    expect(() => takeOut(key, shares)).toThrow(expect.objectContaining({ reason }))
  }
})

test('a resharing does not undo old shares that were kept: enough of them are still the key', async () => {
  const made = await newKey({ suite: 'schnorr-secp256k1', ...three })
  const now = await reshared(made, { ...three, contributors: ['device'] })
  const old = ['device', 'recovery'].map((party) => made.shares.get(party as PartyName) as KeyShare)
  expect(() => takeOut(now.key, old)).toThrow(expect.objectContaining({ reason: 'generation_mismatch' }))
  const signature = signAlone(takeOut(made.key, old), message)
  expect(verify('schnorr-secp256k1', signature, message, publicKey(now.key))).toBe(true)
})

test('two files of a key are enough to take it out with nothing else at hand', async () => {
  const { key, shares, identities } = await newKey({ suite: 'ed25519', ...three })
  const files = (['device', 'recovery'] as const).map((party) => {
    const [share, identity] = [shares.get(party), identities.get(party)]
    if (!share || !identity) throw new Error(`There is no ${party}.`)
    const of = { label: 'Treasury', environment: 'test' }
    return JSON.stringify(recoveryFileOf({ keyId: 'mpk_0', key, share, identity, identityKeys: {} }, of))
  })
  const [one, other] = files.map((file) => readRecoveryFile(file))
  if (!one || !other) throw new Error('There are no files.')
  const taken = takeOut(one.key, [one.share, other.share])
  expect(verify('ed25519', signAlone(taken, message), message, publicKey(key))).toBe(true)
  expect(() => takeOut(one.key, [one.share])).toThrow(expect.objectContaining({ reason: 'parties_invalid' }))
})
