import { createPublicKey, verify as verifyByNode } from 'node:crypto'
import { verifySchnorr } from 'tiny-secp256k1'
import { expect, test } from 'vitest'
import { type PartyName, partyNames, publicKey, type SuiteName, suiteNames, verify, whoCanSign } from './index.ts'
import { newKey, reshared, sign, type WholeKey } from './whole-key.ts'

// Keys of random parties and thresholds, each signed with and reshared several times. MPC_KEYS says how many, MPC_SEED which.
const count = Number(process.env.MPC_KEYS ?? 6)
const seed = Number(process.env.MPC_SEED ?? Date.now() % 2 ** 32)

/** Mulberry32: the same choices for the same seed. */
function chooser(state: number) {
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(random() * limit)
  const one = <Item>(items: readonly Item[]) => items[below(items.length)] as Item
  const some = <Item>(items: readonly Item[], least: number) => {
    const shuffled = [...items].sort(() => random() - 0.5)
    return shuffled.slice(0, least + below(items.length - least + 1))
  }
  return { below, one, some }
}
type Chooser = ReturnType<typeof chooser>

const userHeld = partyNames.filter((name) => name !== 'server')

function anyParties({ one, some }: Chooser): { threshold: number; parties: PartyName[] } {
  const parties: PartyName[] = ['server', ...some(userHeld, 1)]
  return { threshold: parties.length > 2 ? one([2, 3]) : 2, parties }
}

/** By others than the library that signed: OpenSSL, and libsecp256k1, whose messages are 32 bytes. */
function othersAccept(suite: SuiteName, signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  if (suite === 'schnorr-secp256k1') return verifySchnorr(message, key, signature)
  const x = Buffer.from(key).toString('base64url')
  return verifyByNode(
    null,
    message,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    signature,
  )
}

function webCryptoAccepts(signature: Uint8Array, message: Uint8Array, key: Uint8Array): Promise<boolean> {
  return crypto.subtle
    .importKey('raw', Uint8Array.from(key), 'Ed25519', false, ['verify'])
    .then((imported) => crypto.subtle.verify('Ed25519', imported, Uint8Array.from(signature), Uint8Array.from(message)))
}

function anyMessage(suite: SuiteName, { below }: Chooser): Uint8Array {
  const length = suite === 'ed25519' ? below(300) : 32
  return Uint8Array.from({ length }, () => below(256))
}

async function expectSigns(whole: WholeKey, key: Uint8Array, choose: Chooser): Promise<void> {
  const { suite } = whole.key
  expect(publicKey(whole.key)).toEqual(key)
  const message = anyMessage(suite, choose)
  const signature = sign(whole, choose.one(whoCanSign(whole.key)), message)
  expect(verify(suite, signature, message, key)).toBe(true)
  expect(othersAccept(suite, signature, message, key)).toBe(true)
  if (suite === 'ed25519') expect(await webCryptoAccepts(signature, message, key)).toBe(true)
  const forged = signature.with(choose.below(64), choose.below(256))
  if (forged.join() !== signature.join()) expect(othersAccept(suite, forged, message, key)).toBe(false)
  const tooFew = whole.key.parties.slice(0, whole.key.threshold - 1)
  expect(() => sign(whole, tooFew, message)).toThrow(expect.objectContaining({ reason: 'parties_invalid' }))
}

test.each(Array.from({ length: count }, (_, index) => seed + index))(
  'whoever holds shares, signs, comes and goes, the key stays and its signatures verify (seed %i)',
  async (own) => {
    const choose = chooser(own)
    const suite = suiteNames[own % suiteNames.length] as SuiteName
    let whole = await newKey({ suite, ...anyParties(choose) })
    const key = publicKey(whole.key)
    await expectSigns(whole, key, choose)
    for (let chain = 1 + choose.below(3); chain > 0; chain--) {
      const { parties, threshold } = whole.key
      const old = parties.filter((party) => party !== 'server')
      whole = await reshared(whole, { ...anyParties(choose), contributors: choose.some(old, threshold - 1) })
      await expectSigns(whole, key, choose)
    }
  },
  // Three resharings of three of five take a busy machine a while.
  300_000,
)
