import { expect, test } from 'vitest'
import {
  checkKeyShare,
  commit,
  type KeyShare,
  type PartyName,
  publicKey,
  publicPackageOf,
  reshareOf,
  round1,
  round2,
  samePublicPackage,
  signatureShare,
  suiteNames,
  termsOf,
  verify,
} from './index.ts'
import { sameGroupKey } from './key.ts'
import { allTerms, begunBy, finishedBy, newKey, reshared, sharedBy, sign, type WholeKey } from './whole-key.ts'

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
const three = { threshold: 2, parties: ['device', 'server', 'recovery'] as PartyName[] }

function expectSame(now: WholeKey, before: WholeKey, signers: readonly PartyName[]): void {
  expect(publicKey(now.key)).toEqual(publicKey(before.key))
  expect(now.key.generation).toBe(before.key.generation + 1)
  expect(verify(now.key.suite, sign(now, signers, message), message, publicKey(before.key))).toBe(true)
}

for (const suite of suiteNames) {
  test(`a refresh of ${suite} keeps the key, and its old shares sign no more`, async () => {
    const before = await newKey({ suite, ...three })
    const now = await reshared(before, { ...three, contributors: ['device', 'recovery'] })
    for (const signers of [
      ['device', 'server'],
      ['device', 'recovery'],
      ['server', 'recovery'],
    ] as PartyName[][]) {
      expectSame(now, before, signers)
    }
    const old = before.shares.get('server') as KeyShare
    expect(() => commit(now.key, old, message)).toThrow(
      expect.objectContaining({ reason: 'generation_mismatch', party: 'server' }),
    )
    const disguised = new Map(now.shares).set('server', { ...old, generation: now.key.generation })
    expect(() => sign({ ...now, shares: disguised }, ['device', 'server'], message)).toThrow(
      expect.objectContaining({ reason: 'share_invalid', party: 'server' }),
    )
    expect(() => checkKeyShare(now.key, disguised.get('server') as KeyShare)).toThrow(
      expect.objectContaining({ reason: 'share_invalid', party: 'server' }),
    )
    expect(() => checkKeyShare(now.key, now.shares.get('server') as KeyShare)).not.toThrow()
  })

  test(`server and recovery make shares of ${suite} for a new device`, async () => {
    const before = await newKey({ suite, ...three })
    before.identities.delete('device')
    const now = await reshared(before, { ...three, contributors: ['recovery'] })
    expectSame(now, before, ['device', 'server'])
  })

  test(`the parties and the threshold of ${suite} change, and the key stays`, async () => {
    const two = await newKey({ suite, threshold: 2, parties: ['device', 'server'] })
    const five = await reshared(two, {
      threshold: 3,
      parties: ['device', 'server', 'recovery', 'hardware', 'partner'],
      contributors: ['device'],
    })
    expectSame(five, two, ['server', 'hardware', 'partner'])
    const others = await reshared(five, {
      threshold: 2,
      parties: ['server', 'partner', 'hardware'],
      contributors: ['recovery', 'device'],
    })
    expectSame(others, five, ['hardware', 'partner'])
  })
}

test('keys of schnorr-secp256k1 with an odd and with an even Y stay the same', async () => {
  const seen = new Set<number>()
  while (seen.size < 2) {
    const before = await newKey({ suite: 'schnorr-secp256k1', threshold: 2, parties: ['device', 'server'] })
    seen.add(before.key.commitments[0]?.[0] ?? 0)
    expectSame(await reshared(before, { ...three, contributors: ['device'] }), before, ['server', 'recovery'])
  }
  expect(seen).toEqual(new Set([2, 3]))
})

const madeOnce = newKey({ suite: 'schnorr-secp256k1', ...three })

async function recovery() {
  const before = await madeOnce
  const ceremony = reshareOf({
    session: crypto.randomUUID(),
    keyId: 'mpk_0',
    old: before.key,
    ...three,
    contributors: ['recovery'],
  })
  return { before, ceremony, terms: allTerms(ceremony, before.shares) }
}

test('a party that brings another term than its old share is named, and the key does not move', async () => {
  const { before, ceremony, terms } = await recovery()
  const attack = new Map(terms).set('server', new Uint8Array(32).fill(1))
  await expect(sharedBy(await begunBy(ceremony, attack))).rejects.toMatchObject({
    reason: 'commitment_invalid',
    party: 'server',
  })
  const [finished] = await finishedBy(await sharedBy(await begunBy(ceremony, terms)))
  expect(finished && sameGroupKey(finished.key, before.key)).toBe(true)
})

test('terms that were split and do not add up to the old share are refused', async () => {
  const { ceremony, terms } = await recovery()
  for (const party of ['device', 'recovery'] as const) {
    const attack = new Map(terms).set(party, new Uint8Array(32).fill(1))
    await expect(sharedBy(await begunBy(ceremony, attack))).rejects.toMatchObject({ reason: 'commitment_invalid' })
  }
  await expect(sharedBy(await begunBy(ceremony, terms))).resolves.toHaveLength(3)
})

test('a party that is one of many contributors and cheats is named', async () => {
  const before = await madeOnce
  const ceremony = reshareOf({
    session: crypto.randomUUID(),
    keyId: 'mpk_0',
    old: before.key,
    ...three,
    contributors: three.parties,
  })
  const terms = allTerms(ceremony, before.shares)
  const attack = new Map(terms).set('recovery', new Uint8Array(32).fill(1))
  await expect(sharedBy(await begunBy(ceremony, attack))).rejects.toMatchObject({
    reason: 'commitment_invalid',
    party: 'recovery',
  })
  await expect(sharedBy(await begunBy(ceremony, terms))).resolves.toHaveLength(3)
})

test('fewer than the old threshold, or others than the key’s parties, make no new shares', async () => {
  const { key } = await madeOnce
  const of = { session: crypto.randomUUID(), keyId: 'mpk_0', old: key, ...three }
  for (const contributors of [[], ['hardware'], ['recovery', 'hardware']]) {
    expect(() => reshareOf({ ...of, contributors })).toThrow(expect.objectContaining({ reason: 'parties_invalid' }))
  }
  expect(reshareOf({ ...of, contributors: ['recovery'] }).contributors).toEqual(['server', 'recovery'])
})

test('old shares of another key, generation or party are no terms', async () => {
  const { before, ceremony } = await recovery()
  const other = await newKey({ suite: 'schnorr-secp256k1', ...three })
  const own = before.shares.get('recovery') as KeyShare
  const refusals = [
    [[other.shares.get('recovery') as KeyShare], 'share_invalid'],
    [[{ ...own, generation: 1 }], 'generation_mismatch'],
    [[before.shares.get('device') as KeyShare], 'parties_invalid'],
    [[own, before.shares.get('server') as KeyShare], 'parties_invalid'],
    [[own, own], 'parties_invalid'],
    [[], 'parties_invalid'],
  ] as const
  for (const [shares, reason] of refusals) {
    expect(() => termsOf(ceremony, shares)).toThrow(expect.objectContaining({ reason }))
  }
  expect([...termsOf(ceremony, [own]).keys()].sort()).toEqual(['device', 'recovery'])
})

test('a resharing needs terms, and a key generation takes none', async () => {
  const { before, ceremony, terms } = await recovery()
  const identity = before.identities.get('server')
  if (!identity) throw new Error('There is no identity.')
  await expect(round1(ceremony, 'server', identity)).rejects.toMatchObject({ reason: 'parties_invalid' })
  await expect(round1(ceremony, 'server', identity, terms.get('server'))).resolves.toMatchObject({ party: 'server' })
})

test('a first round of one resharing serves in no other', async () => {
  const { before, ceremony, terms } = await recovery()
  const begun = await begunBy(ceremony, terms)
  const messages = begun.map((one) => one.round1)
  const [server] = begun.filter(({ party }) => party === 'server')
  if (!server) throw new Error('There is no server.')
  for (const changed of [
    { session: crypto.randomUUID() },
    { keyId: 'mpk_1' },
    { old: { ...before.key, generation: 1 } },
    { contributors: three.parties },
  ]) {
    const elsewhere = { ...server, ceremony: { ...ceremony, ...changed } }
    await expect(round2(elsewhere, messages)).rejects.toMatchObject({ reason: 'identity_invalid' })
  }
  await expect(round2(server, messages)).resolves.toMatchObject({ transcript: expect.any(Uint8Array) })
})

test('a new share with an old one makes no signature, whichever package they are taken for', async () => {
  const before = await madeOnce
  const now = await reshared(before, { ...three, contributors: ['device'] })
  const mixed = new Map(before.shares).set('device', { ...(now.shares.get('device') as KeyShare), generation: 0 })
  expect(() => sign({ ...before, shares: mixed }, ['device', 'server'], message)).toThrow(
    expect.objectContaining({ reason: 'share_invalid', party: 'device' }),
  )
  expect(() => signatureShare(commit(before.key, before.shares.get('device') as KeyShare, message), [])).toThrow(
    expect.objectContaining({ reason: 'parties_invalid' }),
  )
})

test('a public package comes back from the wire as it was, and one that is not whole does not', async () => {
  const { key } = await madeOnce
  const wire = { ...key, parties: [...key.parties], commitments: key.commitments.map((point) => point.slice()) }
  expect(samePublicPackage(publicPackageOf(wire), key)).toBe(true)
  expect(samePublicPackage({ ...key, generation: 1 }, key)).toBe(false)
  const { device: _, ...others } = key.verifyingShares
  const refusals = [
    [{ suite: 'ecdsa-secp256k1' }, 'suite_unsupported'],
    [{ parties: ['device', 'recovery'] }, 'parties_invalid'],
    [{ threshold: 3 }, 'commitment_invalid'],
    [{ verifyingShares: others }, 'commitment_invalid'],
  ] as const
  for (const [changed, reason] of refusals) {
    expect(() => publicPackageOf({ ...wire, ...changed })).toThrow(expect.objectContaining({ reason }))
  }
})
