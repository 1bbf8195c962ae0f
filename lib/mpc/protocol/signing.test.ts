import { expect, test } from 'vitest'
import {
  aggregate,
  type Commitment,
  type Committed,
  checkSignatureShares,
  checkSigners,
  commit,
  type KeyShare,
  type PartyName,
  publicKey,
  type SignatureShare,
  signatureShare,
  suiteNames,
  verify,
} from './index.ts'
import { newKey, sign, type WholeKey } from './whole-key.ts'

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
const parties: PartyName[] = ['device', 'server', 'recovery']
const pair: PartyName[] = ['device', 'server']

test.each(suiteNames)('any two of three parties sign with a key of %s', async (suite) => {
  const made = await newKey({ suite, threshold: 2, parties })
  for (const signers of [pair, ['recovery', 'server'], ['device', 'recovery'], parties] as PartyName[][]) {
    const signature = sign(made, signers, message)
    expect(signature).toHaveLength(64)
    expect(publicKey(made.key)).toHaveLength(32)
    expect(verify(suite, signature, message, publicKey(made.key))).toBe(true)
    expect(verify(suite, signature, message.slice(1), publicKey(made.key))).toBe(false)
  }
  expect(verify(suite, new Uint8Array(3), message, publicKey(made.key))).toBe(false)
  expect(verify(suite, sign(made, pair, new Uint8Array()), new Uint8Array(), publicKey(made.key))).toBe(true)
})

const madeOnce = newKey({ suite: 'schnorr-secp256k1', threshold: 2, parties })

const committedBy = ({ key, shares }: WholeKey, signers: PartyName[], text = message) =>
  signers.map((party) => commit(key, shares.get(party) as KeyShare, text)) as [Committed, Committed]
const commitmentsOf = (committed: readonly Committed[]) => committed.map(({ commitment }) => commitment)

test('a share that was tampered with is refused by the name of its party, alone and in the sum', async () => {
  const made = await madeOnce
  const committed = committedBy(made, pair)
  const commitments = commitmentsOf(committed)
  const [device, server] = committed.map((one) => signatureShare(one, commitments)) as [SignatureShare, SignatureShare]
  const flipped = device.share.map((byte, index) => (index === 31 ? byte ^ 1 : byte))
  for (const share of [flipped, server.share, new Uint8Array(32), new Uint8Array(5), new Uint8Array(32).fill(255)]) {
    const shares = [{ ...device, share }, server]
    const cheats = expect.objectContaining({ reason: 'share_invalid', party: 'device' })
    expect(() => checkSignatureShares(made.key, message, commitments, shares)).toThrow(cheats)
    expect(() => aggregate(made.key, message, commitments, shares)).toThrow(cheats)
  }
  expect(() => checkSignatureShares(made.key, message, commitments, [device, server])).not.toThrow()
  expect(aggregate(made.key, message, commitments, [device, server])).toHaveLength(64)
})

test('nonces serve once: what they gave is given no second time, for the same commitments or for others', async () => {
  const made = await madeOnce
  const [device, server] = committedBy(made, pair)
  const commitments = commitmentsOf([device, server])
  const [anew] = committedBy(made, ['device'])
  const used = expect.objectContaining({ reason: 'round_used', party: 'server' })
  expect(signatureShare(server, commitments).share).toHaveLength(32)
  expect(() => signatureShare(server, commitments)).toThrow(used)
  expect(() => signatureShare(server, commitmentsOf([anew, server]))).toThrow(used)
  expect(server.nonces.hiding.every((byte) => byte === 0) && server.nonces.binding.every((byte) => byte === 0)).toBe(
    true,
  )
})

test('a commitment that was replayed is no longer the server’s, and a share that was replayed does not verify', async () => {
  const made = await madeOnce
  const [device, before] = committedBy(made, pair)
  const replayed = signatureShare(device, commitmentsOf([device, before]))
  const [, server] = committedBy(made, pair)
  expect(() => signatureShare(server, commitmentsOf([device, before]))).toThrow(
    expect.objectContaining({ reason: 'commitment_invalid', party: 'server' }),
  )
  expect(() => checkSignatureShares(made.key, message, commitmentsOf([device, server]), [replayed])).toThrow(
    expect.objectContaining({ reason: 'share_invalid', party: 'device' }),
  )
  expect(() => checkSignatureShares(made.key, message, commitmentsOf([device, before]), [replayed])).not.toThrow()
})

test('the message is bound by the commitment: a second one gets no share of the server', async () => {
  const made = await madeOnce
  const other = new TextEncoder().encode('Pay 99,999 USDC to Mallory')
  const [device] = committedBy(made, ['device'], other)
  // A Buffer's slice is no copy.
  const text = Buffer.from(message)
  const server = commit(made.key, made.shares.get('server') as KeyShare, text)
  text.set(other.subarray(0, text.length))
  const commitments = commitmentsOf([device, server])
  const forOther = signatureShare(device, commitments)
  expect(() => checkSignatureShares(made.key, server.message, commitments, [forOther])).toThrow(
    expect.objectContaining({ reason: 'share_invalid', party: 'device' }),
  )
  const forMessage = signatureShare(server, commitments)
  expect(() => aggregate(made.key, other, commitments, [forOther, forMessage])).toThrow(
    expect.objectContaining({ reason: 'share_invalid', party: 'server' }),
  )
  expect(() => checkSignatureShares(made.key, message, commitments, [forMessage])).not.toThrow()
})

const copied = ({ nonces: { hiding, binding } }: Committed) => ({ hiding: hiding.slice(), binding: binding.slice() })

test('signers are as many parties of the key as its threshold, each once, with commitments of their own', async () => {
  const made = await madeOnce
  const [device, server] = committedBy(made, pair)
  const commitments = commitmentsOf([device, server]) as [Commitment, Commitment]
  const [first, second] = commitments
  const refusals: [Commitment[], string][] = [
    [[], 'parties_invalid'],
    [[second], 'parties_invalid'],
    [[second, second], 'parties_invalid'],
    [[{ ...first, party: 'partner' }, second], 'parties_invalid'],
    [[{ ...first, party: '__proto__' }, second], 'parties_invalid'],
    [[{ ...second, party: 'device' }, second], 'commitment_invalid'],
    [[{ ...first, hiding: new Uint8Array(33) }, second], 'commitment_invalid'],
    [[{ ...first, binding: new Uint8Array() }, second], 'commitment_invalid'],
  ]
  for (const [wrong, reason] of refusals) {
    expect(() => checkSigners(made.key, wrong)).toThrow(expect.objectContaining({ reason }))
    expect(() => signatureShare({ ...server, nonces: copied(server) }, wrong)).toThrow(
      expect.objectContaining({ reason }),
    )
  }
  expect(checkSigners(made.key, commitments)).toEqual(pair)
  expect(signatureShare(server, commitments).party).toBe('server')
})

test('a commitment outside the group is laid to its party, not to the one whose share is verified', async () => {
  const made = await newKey({ suite: 'ed25519', threshold: 2, parties: pair })
  const [device, server] = committedBy(made, pair)
  const commitments = commitmentsOf([device, server]) as [Commitment, Commitment]
  const shares = [signatureShare(server, commitments)]
  const smallOrder = new Uint8Array(32)
  const identityPoint = Uint8Array.of(1, ...new Uint8Array(31))
  for (const hiding of [smallOrder, identityPoint]) {
    const wrong = [{ ...commitments[0], hiding }, commitments[1]]
    const blamed = expect.objectContaining({ reason: 'commitment_invalid', party: 'device' })
    expect(() => checkSigners(made.key, wrong)).toThrow(blamed)
    expect(() => checkSignatureShares(made.key, message, wrong, shares)).toThrow(blamed)
  }
  expect(() => checkSignatureShares(made.key, message, commitments, shares)).not.toThrow()
})

test('a signature takes one share of each signer', async () => {
  const made = await madeOnce
  const committed = committedBy(made, pair)
  const commitments = commitmentsOf(committed)
  const shares = committed.map((one) => signatureShare(one, commitments)) as [SignatureShare, SignatureShare]
  for (const wrong of [[], [shares[0]], [shares[0], shares[0]], [...shares, { ...shares[0], party: 'recovery' }]]) {
    expect(() => aggregate(made.key, message, commitments, wrong)).toThrow(
      expect.objectContaining({ reason: 'parties_invalid' }),
    )
  }
  expect(aggregate(made.key, message, commitments, shares)).toHaveLength(64)
})
