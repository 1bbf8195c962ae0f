import { expect, test } from 'vitest'
import { ceremonyHeader } from './ceremony.ts'
import { signAs } from './identity.ts'
import {
  type Begun,
  checkTranscript,
  type Finished,
  identity,
  keygenOf,
  type PartyName,
  type Round1,
  round1,
  round2,
  round3,
  type SealedShare,
  type Shared,
  samePublicPackage,
} from './index.ts'
import { signedBytes } from './round1.ts'
import { seal } from './sealed-share.ts'
import { begunBy, finishedBy, sharedBy } from './whole-key.ts'

const of = { suite: 'schnorr-secp256k1', threshold: 2, parties: ['device', 'server', 'recovery'] }
const ceremonyNow = () => keygenOf({ session: crypto.randomUUID(), ...of })

/** One of several, by its party. */
function the<One extends { party: string }>(party: PartyName, all: readonly One[]): One {
  const found = all.find((one) => one.party === party)
  if (!found) throw new Error(`There is no ${party}.`)
  return found
}

const by = (party: PartyName, shared: readonly Shared[]) => shared.find(({ begun }) => begun.party === party) as Shared
const messagesOf = (begun: readonly Begun[]) => begun.map((one) => one.round1)
const inPlace = (messages: readonly Round1[], changed: Round1) =>
  messages.map((message) => (message.party === changed.party ? changed : message))
const sealedFor = (party: PartyName, shared: readonly Shared[]) =>
  shared.flatMap(({ shares }) => shares).filter(({ to }) => to === party)

function signed(begun: Begun, changed: Partial<Round1>): Round1 {
  const message = { ...begun.round1, ...changed }
  return { ...message, signature: signAs(begun.identity, signedBytes(begun.ceremony, message)) }
}

async function expectHonest(server: Begun, begun: readonly Begun[]): Promise<void> {
  const others = begun.filter((one) => one !== server)
  const messages = messagesOf(begun)
  const shared = await Promise.all([server, ...others].map((one) => round2(one, messages)))
  const keys = (await finishedBy(shared)).map(({ key }) => key)
  for (const key of keys) expect(samePublicPackage(key, keys[0] as Finished['key'])).toBe(true)
}

test('all parties come to one key, one transcript and the same identities', async () => {
  const shared = await sharedBy(await begunBy(ceremonyNow()))
  const [device, server, recovery] = await finishedBy(shared)
  if (!device || !server || !recovery) throw new Error('A party is missing.')
  expect(samePublicPackage(device.key, server.key) && samePublicPackage(server.key, recovery.key)).toBe(true)
  expect(server.transcript).toEqual(device.transcript)
  expect(server.identityKeys).toEqual(recovery.identityKeys)
  expect(server.key.generation).toBe(0)
  expect(new Set([device, server, recovery].map(({ share }) => share.secret.join())).size).toBe(3)
})

test('bytes are the same to both sides, whether they came as a Buffer or not', async () => {
  const begun = await begunBy(ceremonyNow())
  const messages = messagesOf(begun)
  const buffers = messages.map((message) => ({
    ...message,
    commitment: message.commitment.map((point) => Buffer.from(point)),
    proofOfKnowledge: Buffer.from(message.proofOfKnowledge),
    encryptionKey: Buffer.from(message.encryptionKey),
    identityKey: Buffer.from(message.identityKey),
    signature: Buffer.from(message.signature),
  }))
  const shared = await Promise.all(begun.map((one) => round2(one, one.party === 'server' ? buffers : messages)))
  const sealed = sealedFor('server', shared).map((one) => ({
    ...one,
    encapsulatedKey: Buffer.from(one.encapsulatedKey),
    ciphertext: Buffer.from(one.ciphertext),
  }))
  await expect(round3(by('server', shared), sealed)).resolves.toMatchObject({ share: { party: 'server' } })
})

test('an encryption key that was swapped on the way is refused, by the identity that was to sign it', async () => {
  const begun = await begunBy(ceremonyNow())
  const server = the('server', begun)
  const device = the('device', begun)
  const mallory = await round1(device.ceremony, 'device', identity())
  const swapped = { ...device.round1, encryptionKey: mallory.round1.encryptionKey }
  await expect(round2(server, inPlace(messagesOf(begun), swapped))).rejects.toMatchObject({
    reason: 'identity_invalid',
    party: 'device',
  })
  await expectHonest(server, begun)
})

test('a party that is not who it was is refused, though it signs with the identity that it gives', async () => {
  const begun = await begunBy(ceremonyNow())
  const server = the('server', begun)
  const mallory = await round1(server.ceremony, 'device', identity())
  const pinned = { device: the('device', begun).round1.identityKey }
  const messages = inPlace(messagesOf(begun), mallory.round1)
  await expect(round2(server, messages, pinned)).rejects.toMatchObject({ reason: 'identity_invalid', party: 'device' })
  await expect(round2(server, messagesOf(begun), pinned)).resolves.toMatchObject({ begun: { party: 'server' } })
})

test('a first round is for its session, suite, threshold and parties alone', async () => {
  const begun = await begunBy(ceremonyNow())
  const { ceremony } = the('server', begun)
  const elsewhere = [
    { ...ceremony, session: crypto.randomUUID() },
    { ...ceremony, suite: 'ed25519' as const },
    { ...ceremony, threshold: 3 },
    { ...ceremony, parties: [...ceremony.parties, 'partner' as const] },
  ]
  expect(new Set([ceremony, ...elsewhere].map((one) => JSON.stringify(ceremonyHeader(one)))).size).toBe(5)
  for (const other of elsewhere.filter(({ parties }) => parties.length === 3)) {
    const server = await round1(other, 'server', identity())
    const messages = inPlace(messagesOf(begun), server.round1)
    await expect(round2(server, messages)).rejects.toMatchObject({ reason: 'identity_invalid', party: 'device' })
  }
  await expectHonest(the('server', begun), begun)
})

test('a party that commits to a lower or a higher threshold is named', async () => {
  const begun = await begunBy(ceremonyNow())
  const server = the('server', begun)
  const device = the('device', begun)
  const [first, second] = device.round1.commitment
  if (!first || !second) throw new Error('There is no commitment.')
  for (const commitment of [[first], [first, second, second]]) {
    const messages = inPlace(messagesOf(begun), signed(device, { commitment }))
    await expect(round2(server, messages)).rejects.toMatchObject({
      reason: 'commitment_invalid',
      party: 'device',
      message: `device commits to ${commitment.length} coefficients, and the threshold is 2.`,
    })
  }
  await expectHonest(server, begun)
})

test('a commitment without proof that its sender knows what it is to is refused, and the sender named', async () => {
  const begun = await begunBy(ceremonyNow())
  const server = the('server', begun)
  const recovery = the('recovery', begun)
  const [, second] = recovery.round1.commitment
  const rogue = [the('device', begun).round1.commitment[0] as Uint8Array, second as Uint8Array]
  const attacks = [
    { commitment: rogue },
    { proofOfKnowledge: the('device', begun).round1.proofOfKnowledge },
    { proofOfKnowledge: new Uint8Array(64) },
    { commitment: [new Uint8Array(33), second as Uint8Array] },
  ]
  for (const attack of attacks) {
    const messages = inPlace(messagesOf(begun), signed(recovery, attack))
    await expect(round2(server, messages)).rejects.toMatchObject({ reason: 'commitment_invalid', party: 'recovery' })
  }
  await expectHonest(server, begun)
})

test('an encryption key that is none is refused, and its sender named', async () => {
  const begun = await begunBy(ceremonyNow())
  for (const encryptionKey of [new Uint8Array(32), new Uint8Array(31), new Uint8Array()]) {
    const again = await begunBy(the('server', begun).ceremony)
    const messages = inPlace(messagesOf(again), signed(the('device', again), { encryptionKey }))
    await expect(round2(the('server', again), messages)).rejects.toMatchObject({
      reason: 'commitment_invalid',
      party: 'device',
    })
  }
  await expectHonest(the('server', begun), begun)
})

test('each party says its first round once, and nobody else does', async () => {
  const begun = await begunBy(ceremonyNow())
  const server = the('server', begun)
  const messages = messagesOf(begun)
  const device = the('device', messages)
  for (const wrong of [
    messages.slice(1),
    [...messages, device],
    inPlace(messages, { ...the('recovery', messages), party: 'device' }),
    [...messages.slice(1), device, { ...device, party: 'partner' }],
    messages.map((message) => (message.party === 'recovery' ? device : message)),
  ]) {
    await expect(round2(server, wrong)).rejects.toMatchObject({ name: 'ProtocolError' })
  }
  const another = await round1(server.ceremony, 'server', server.identity)
  await expect(round2(server, inPlace(messages, another.round1))).rejects.toMatchObject({
    reason: 'transcript_mismatch',
    party: 'server',
  })
  await expectHonest(server, begun)
})

test('sides that saw different first rounds do not go on', async () => {
  const begun = await begunBy(ceremonyNow())
  const [device, server, recovery] = begun as [Begun, Begun, Begun]
  const other = await round1(server.ceremony, 'recovery', identity())
  const one = await round2(server, messagesOf(begun))
  const two = await round2(device, [device.round1, server.round1, other.round1])
  expect(() => checkTranscript(one.transcript, two.transcript)).toThrow(
    expect.objectContaining({ reason: 'transcript_mismatch' }),
  )
  const three = await round2(recovery, messagesOf(begun))
  expect(() => checkTranscript(one.transcript, three.transcript)).not.toThrow()
  const sealed = [...sealedFor('server', [three]), ...sealedFor('server', [two])]
  await expect(round3(one, sealed)).rejects.toMatchObject({ reason: 'share_invalid', party: 'device' })
})

test('a share for another party, of another sender or of another ceremony does not open, and its sender is named', async () => {
  const shared = await sharedBy(await begunBy(ceremonyNow()))
  const elsewhere = await sharedBy(await begunBy(ceremonyNow()))
  const server = by('server', shared)
  const right = sealedFor('server', shared)
  const fromDevice = right.find(({ from }) => from === 'device') as SealedShare
  const fromRecovery = right.find(({ from }) => from === 'recovery') as SealedShare
  const forRecovery = sealedFor('recovery', shared).find(({ from }) => from === 'device') as SealedShare
  const old = sealedFor('server', elsewhere).find(({ from }) => from === 'device') as SealedShare
  const flipped = fromDevice.ciphertext.map((byte, index) => (index === 0 ? byte ^ 1 : byte))
  for (const attack of [
    forRecovery,
    { ...forRecovery, to: 'server' },
    { ...fromRecovery, from: 'device' },
    old,
    { ...fromDevice, ciphertext: flipped },
    { ...fromDevice, encapsulatedKey: new Uint8Array(32) },
    { ...fromDevice, ciphertext: new Uint8Array() },
  ]) {
    await expect(round3(server, [attack, fromRecovery])).rejects.toMatchObject({
      reason: 'share_invalid',
      party: 'device',
    })
  }
  await expect(round3(server, [fromDevice])).rejects.toMatchObject({ reason: 'parties_invalid' })
  await expect(round3(server, [fromDevice, fromDevice])).rejects.toMatchObject({ party: 'recovery' })
  await expect(round3(server, right)).resolves.toMatchObject({ share: { party: 'server' } })
})

test('a share that opens and does not fit what its sender committed to is refused, and the sender named', async () => {
  const shared = await sharedBy(await begunBy(ceremonyNow()))
  const server = by('server', shared)
  const right = sealedFor('server', shared)
  const { encryptionKey } = server.begun.round1
  const way = { transcript: server.transcript, from: 'recovery', to: 'server' } as const
  for (const wrong of [
    new Uint8Array(32).fill(7),
    new Uint8Array(32),
    new Uint8Array(31),
    new Uint8Array(32).fill(255),
  ]) {
    const attack = await seal(wrong, encryptionKey, way)
    const sealed = right.map((one) => (one.from === 'recovery' ? attack : one))
    await expect(round3(server, sealed)).rejects.toMatchObject({ reason: 'share_invalid', party: 'recovery' })
  }
  await expect(round3(server, right)).resolves.toMatchObject({ share: { party: 'server' } })
})

test('a round serves once, and of two finishes at once one wins', async () => {
  const begun = await begunBy(ceremonyNow())
  const shared = await sharedBy(begun)
  await expect(round2(the('server', begun), messagesOf(begun))).rejects.toMatchObject({ reason: 'round_used' })
  const server = by('server', shared)
  const finishes = await Promise.allSettled([1, 2].map(() => round3(server, sealedFor('server', shared))))
  expect(finishes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(finishes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'round_used' } })
})
