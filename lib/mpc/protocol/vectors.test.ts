import { existsSync, readFileSync } from 'node:fs'
import type { FROST } from '@noble/curves/abstract/frost.js'
import { ed25519, ed25519_FROST } from '@noble/curves/ed25519.js'
import { schnorr_FROST, secp256k1, secp256k1_FROST } from '@noble/curves/secp256k1.js'
import { bytesToHex, hexToBytes } from '@noble/curves/utils.js'
import { expect, test } from 'vitest'
import { signAs } from './identity.ts'
import {
  aggregate,
  type Begun,
  type Committed,
  checkSignatureShares,
  keygenOf,
  type PartyName,
  type PublicPackage,
  publicKey,
  type SuiteName,
  signatureShare,
  verify,
} from './index.ts'
import { identifierOf } from './key.ts'
import { signedBytes } from './round1.ts'
import { begunBy, finishedBy, sharedBy } from './whole-key.ts'

/** The published vectors of FROST's rounds, read from a folder beside the project. @see https://github.com/ZcashFoundation/frost */
const folder = process.env.FROST_VECTORS ?? '../shared/vectors/frost'
const present = existsSync(folder)
if (!present) console.log(`The FROST vectors are skipped: there is no folder ${folder} (FROST_VECTORS names another).`)
const read = (name: string) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))

const suites = {
  ed25519: { frost: ed25519_FROST, ours: 'ed25519', Point: ed25519.Point },
  secp256k1: { frost: secp256k1_FROST, ours: undefined, Point: secp256k1.Point },
  'secp256k1-tr': { frost: schnorr_FROST, ours: 'schnorr-secp256k1', Point: secp256k1.Point },
} as const
const names = Object.keys(suites) as (keyof typeof suites)[]
/** The vectors' first three participants, as parties of ours. */
const parties = ['device', 'server', 'recovery'] as const

interface Output {
  identifier: number
  hiding_nonce: string
  binding_nonce: string
  hiding_nonce_commitment: string
  binding_nonce_commitment: string
  hiding_nonce_randomness: string
  binding_nonce_randomness: string
  sig_share: string
}
interface Signing {
  config: Record<'MIN_PARTICIPANTS' | 'MAX_PARTICIPANTS', string>
  inputs: {
    group_secret_key: string
    message: string
    share_polynomial_coefficients: string[]
    participant_shares: { identifier: number; participant_share: string }[]
  }
  round_one_outputs: { outputs: Output[] }
  round_two_outputs: { outputs: Output[] }
  final_output: { sig: string }
}

/** What every signer of a vector holds, for the library. */
function signing(name: keyof typeof suites, { config, inputs, round_one_outputs: { outputs } }: Signing) {
  const { frost, Point } = suites[name]
  const { Fn, generateSecretPolynomial } = frost.utils
  const signers = { min: Number(config.MIN_PARTICIPANTS), max: Number(config.MAX_PARTICIPANTS) }
  const { commitment } = generateSecretPolynomial(
    signers,
    hexToBytes(inputs.group_secret_key),
    inputs.share_polynomial_coefficients.map((one) => Fn.fromBytes(hexToBytes(one))),
  )
  const shares = new Map(
    inputs.participant_shares.map((one) => [one.identifier, hexToBytes(one.participant_share)] as const),
  )
  const seen = new Set([1, 2, 3, ...outputs.map(({ identifier }) => identifier)])
  const verifyingShares = new Map(
    [...seen].map((identifier) => {
      const share = Fn.fromBytes(shares.get(identifier) as Uint8Array)
      return [identifier, Point.BASE.multiply(share).toBytes()] as const
    }),
  )
  return { signers, commitments: commitment, shares, verifyingShares, message: hexToBytes(inputs.message) }
}

const committed = (one: Output) => ({
  hiding: hexToBytes(one.hiding_nonce_commitment),
  binding: hexToBytes(one.binding_nonce_commitment),
})
const nonces = (one: Output) => ({ hiding: hexToBytes(one.hiding_nonce), binding: hexToBytes(one.binding_nonce) })

for (const name of names) {
  for (const file of [`${name}-vectors`, `${name}-vectors-big-identifier`]) {
    test.skipIf(!present)(`the published signature of ${file} comes out of its shares`, () => {
      const vector: Signing = read(file)
      const { frost } = suites[name]
      const { signers, commitments, shares, verifyingShares, message } = signing(name, vector)
      const { outputs } = vector.round_one_outputs
      const id = (one: Output) => frost.Identifier.fromNumber(one.identifier)
      const secret = (one: Output) => ({
        identifier: id(one),
        signingShare: shares.get(one.identifier) as Uint8Array<ArrayBuffer>,
      })
      const key = {
        signers,
        commitments,
        verifyingShares: Object.fromEntries(
          outputs.map((one) => [id(one), verifyingShares.get(one.identifier) as Uint8Array<ArrayBuffer>]),
        ),
      }
      const list = outputs.map((one) => ({ identifier: id(one), ...committed(one) }))
      for (const one of outputs) {
        const random = [hexToBytes(one.hiding_nonce_randomness), hexToBytes(one.binding_nonce_randomness)]
        const given = frost.commit(secret(one), () => random.shift() as Uint8Array<ArrayBuffer>)
        expect(bytesToHex(given.nonces.hiding)).toBe(one.hiding_nonce)
        expect(bytesToHex(given.commitments.binding)).toBe(one.binding_nonce_commitment)
      }
      const signed = outputs.map((one) => frost.signShare(secret(one), key, nonces(one), list, message))
      expect(signed.map(bytesToHex)).toEqual(vector.round_two_outputs.outputs.map((one) => one.sig_share))
      const all = Object.fromEntries(outputs.map((one, index) => [id(one), signed[index] as Uint8Array<ArrayBuffer>]))
      expect(bytesToHex(frost.aggregate(key, list, message, all))).toBe(vector.final_output.sig)
    })
  }
}

for (const name of names) {
  const { ours } = suites[name]
  if (!ours) continue
  test.skipIf(!present)(`parties of ${ours} sign as the vectors of ${name} do`, () => {
    const vector: Signing = read(`${name}-vectors`)
    const { commitments, shares, verifyingShares, message } = signing(name, vector)
    const { outputs } = vector.round_one_outputs
    const party = (one: Output) => parties[one.identifier - 1] as PartyName
    const key: PublicPackage = {
      suite: ours,
      threshold: 2,
      parties,
      commitments,
      verifyingShares: Object.fromEntries(
        parties.map((name, index) => [name, verifyingShares.get(index + 1) as Uint8Array]),
      ),
      generation: 0,
    }
    const list = outputs.map((one) => ({ party: party(one), ...committed(one) }))
    const signed = outputs.map((one, index) => {
      const secret = shares.get(one.identifier) as Uint8Array
      const commitment = list[index] as (typeof list)[number]
      const share = { party: party(one), generation: 0, secret }
      const state: Committed = { key, share, message, commitment, nonces: nonces(one) as Committed['nonces'] }
      return signatureShare(state, list)
    })
    expect(signed.map(({ share }) => bytesToHex(share))).toEqual(
      vector.round_two_outputs.outputs.map((one) => one.sig_share),
    )
    checkSignatureShares(key, message, list, signed)
    const signature = aggregate(key, message, list, signed)
    expect(bytesToHex(signature)).toBe(vector.final_output.sig)
    expect(verify(ours, signature, message, publicKey(key))).toBe(true)
  })
}

interface Dealt {
  signing_key: string
  coefficient: string
  vss_commitments: string[]
  proof_of_knowledge: string
  signing_shares: Record<string, string>
  verifying_share: string
  signing_share: string
}
type Participant = '1' | '2' | '3'
interface Generation {
  inputs: Record<Participant, Dealt> & { verifying_key: string }
}
const participants: Participant[] = ['1', '2', '3']
const dealtBy = ({ inputs }: Generation) => participants.map((one) => [Number(one), inputs[one]] as const)

/** The library's state after the first round of a vector's participant. */
function dkgOf(frost: FROST, number: number, dealt: Dealt): Begun['dkg'] {
  const { Fn } = frost.utils
  return {
    identifier: BigInt(number),
    coefficients: [dealt.signing_key, dealt.coefficient].map((one) => Fn.fromBytes(hexToBytes(one))),
    commitment: dealt.vss_commitments.map(hexToBytes),
    signers: { min: 2, max: 3 },
    step: 1,
  }
}

for (const name of names) {
  test.skipIf(!present)(`the published key generation of ${name} gives each participant its share`, () => {
    const vector: Generation = read(`${name}-vectors_dkg`)
    const { frost } = suites[name]
    const id = (number: number) => frost.Identifier.fromNumber(number)
    const opened = new Map(
      dealtBy(vector).map(([number, dealt]) => [
        number,
        {
          identifier: id(number),
          commitment: dealt.vss_commitments.map(hexToBytes),
          proofOfKnowledge: hexToBytes(dealt.proof_of_knowledge),
        },
      ]),
    )
    for (const [number, dealt] of dealtBy(vector)) {
      const others = [...opened].filter(([other]) => other !== number)
      const first = others.map(([, message]) => message)
      const secret = dkgOf(frost, number, dealt)
      const given = frost.DKG.round2(secret, first)
      for (const [other, { signing_shares }] of dealtBy(vector)) {
        if (other === number) continue
        expect(bytesToHex(given[id(other)]?.signingShare as Uint8Array)).toBe(signing_shares[number])
      }
      const received = others.map(([other]) => ({
        identifier: id(other),
        signingShare: hexToBytes(dealt.signing_shares[other] as string),
      }))
      const key = frost.DKG.round3(secret, first, received)
      expect(bytesToHex(key.secret.signingShare)).toBe(dealt.signing_share)
      expect(bytesToHex(key.public.verifyingShares[id(number)] as Uint8Array)).toBe(dealt.verifying_share)
      expect(bytesToHex(key.public.commitments[0] as Uint8Array)).toBe(vector.inputs.verifying_key)
    }
  })
}

/** Keys of schnorr-secp256k1 are generated as plain secp256k1's. */
const generations: [SuiteName, 'ed25519' | 'secp256k1'][] = [
  ['ed25519', 'ed25519'],
  ['schnorr-secp256k1', 'secp256k1'],
]

test.skipIf(!present).each(generations)('parties of %s come to the key of the vectors of %s', async (suite, name) => {
  const vector: Generation = read(`${name}-vectors_dkg`)
  const ceremony = keygenOf({ session: crypto.randomUUID(), suite, threshold: 2, parties })
  const begun = (await begunBy(ceremony)).map((one, index): Begun => {
    const dealt = vector.inputs[participants[index] as Participant]
    const message = {
      ...one.round1,
      commitment: dealt.vss_commitments.map(hexToBytes),
      proofOfKnowledge: hexToBytes(dealt.proof_of_knowledge),
    }
    const signature = signAs(one.identity, signedBytes(ceremony, message))
    return { ...one, dkg: dkgOf(suites[name].frost, index + 1, dealt), round1: { ...message, signature } }
  })
  const finished = await finishedBy(await sharedBy(begun))
  for (const [index, { key, share }] of finished.entries()) {
    const dealt = vector.inputs[participants[index] as Participant]
    expect(identifierOf(suite, share.party)).toBe(suites[name].frost.Identifier.fromNumber(index + 1))
    expect(bytesToHex(share.secret)).toBe(dealt.signing_share)
    expect(bytesToHex(key.verifyingShares[share.party] as Uint8Array)).toBe(dealt.verifying_share)
    expect(bytesToHex(key.commitments[0] as Uint8Array)).toBe(vector.inputs.verifying_key)
  }
})
