import { encode } from 'cborg'
import { expect, test, vi } from 'vitest'
import { authenticationResponse, registrationResponse } from '#lib/contract/passkeys.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { coseKeyOf, generatePrivateKey } from '#lib/testing/key.ts'
import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { type Check, failed } from '#lib/webauthn/checks/index.ts'
import { notDer } from '#lib/webauthn/checks/samples.ts'
import { fromBase64url, toBase64url } from '#lib/webauthn/decode/index.ts'
import { noTrust } from '../attestation/trust.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { judgeRegistration } from './judge-registration.ts'
import { isSigned } from './signature.ts'

vi.setConfig({ testTimeout: 600_000 })

/**
 * Mutated assertions and registrations, judged by our own steps and by SimpleWebAuthn: 100 of each algorithm, and with
 * DIFFERENTIAL=whole twenty times as many. What is made is the same in each run of a length.
 */
const rounds = process.env.DIFFERENTIAL === 'whole' ? 2_000 : 100

const algorithms = [-7, -8, -257, -35, -36] as const
const origin = 'https://shop.example'
const rpId = 'shop.example'
const challenge = toBase64url(new Uint8Array(32).fill(7))
const userHandle = toBase64url(new Uint8Array(16).fill(3))

/** Where our steps refuse what SimpleWebAuthn takes, and why: nothing else may be refused by one of them alone. */
const stricter: Record<string, string> = {
  'signature-encoding': 'it reads BER, of which DER is one form: anybody could make a second signature of a good one',
  'credential-public-key': 'of a key that no signature is verified with, it does not ask whether it is one',
  'cross-origin': 'it takes any value that is false to JavaScript',
  'top-origin': 'it takes an empty one, and null',
  'backup-eligibility': 'it is not told what was registered',
  'credential-id': 'it compares the outer IDs with each other, and not with what is signed',
  'user-handle': 'it does not look at it',
}

test.each(algorithms)('assertions of %s: Node and the steps alone take what SimpleWebAuthn takes, too', async (alg) => {
  const random = randomOf(alg)
  const { authenticator, credentialId, passkey } = registered(alg)
  let taken = 0
  for (let round = 0; round < rounds; round++) {
    const made = mutatedAssertion(authenticator, credentialId, random, round)
    const parsed = authenticationResponse.safeParse(made)
    if (!parsed.success) continue
    const response = parsed.data
    const expected = expectedOf({ allowCredentials: [], user: { id: 'user', handle: userHandle } })
    const whole = (await judgeAuthentication(response, expected, passkey)).checks
    const short = (await judgeAuthentication(response, expected, passkey, false)).checks
    const what = `${algorithmName(alg)}, round ${round}: ${JSON.stringify(response)}`
    // Nothing is accepted in the short way that is not accepted in the long one, and what is refused is told the same.
    expect(withoutOpinion(short), what).toEqual(withoutOpinion(whole))
    expect(failed(short), what).toEqual(failed(whole))
    const signed = isSigned(response.response, passkey.publicKey)
    const passes = (id: string) => whole.find((check) => check.id === id)?.outcome === 'pass'
    // BER that is no DER is refused here, whatever it says; of the rest each signature has the same verdict.
    expect(signed, what).toBe(passes('signature-encoding') && passes('signature'))
    noOther(whole, what, signed)
    if (failed(whole).length === 0) taken++
  }
  // Some changes are none to whoever reads them, so that what is taken is compared, too.
  expect(taken).toBeGreaterThan(rounds / 20)
  expect(taken).toBeLessThan(rounds / 2)
})

test('registrations: what SimpleWebAuthn refuses alone is listed, and so is what the steps refuse alone', async () => {
  const random = randomOf(1)
  let taken = 0
  for (let round = 0; round < rounds; round++) {
    const alg = algorithms[round % algorithms.length] as number
    const parsed = registrationResponse.safeParse(mutatedRegistration(alg, random, round))
    if (!parsed.success) continue
    const expected = expectedOf({ algorithms: [...algorithms] })
    const { checks } = await judgeRegistration(
      parsed.data,
      expected,
      async () => 'no',
      async () => noTrust,
    )
    noOther(checks, `${algorithmName(alg)}, round ${round}: ${JSON.stringify(parsed.data)}`)
    if (failed(checks).length === 0) taken++
  }
  expect(taken).toBeGreaterThan(rounds / 20)
  expect(taken).toBeLessThan(rounds / 2)
})

/** No disagreement that is not listed. A signature that SimpleWebAuthn cannot read is refused by it, and by Node beside it. */
function noOther(checks: Check[], what: string, signed?: boolean): void {
  const ours = failed(checks).filter(({ id }) => id !== 'second-opinion')
  const opinion = checks.find(({ id }) => id === 'second-opinion')
  if (ours.length === 0 && signed !== false) {
    expect(opinion?.outcome, `${what}\nSimpleWebAuthn alone: ${opinion?.actual}`).not.toBe('fail')
  }
  if (opinion?.outcome === 'pass') {
    for (const { id } of ours) expect(Object.keys(stricter), `${what}\nthe step alone`).toContain(id)
  }
}

const withoutOpinion = (checks: Check[]) => checks.filter(({ id }) => id !== 'second-opinion')

function expectedOf<More extends object>(more: More) {
  return { challenge, origins: [origin], rpId, userVerification: 'preferred' as const, ...more }
}

const authenticatorOf = (alg: number) =>
  new SoftwareAuthenticator({ origin, algorithms: [alg], attestation: alg === -7 ? 'packed' : 'none' })

/** A key of each algorithm: to make one of RSA takes long. */
const privateKeys = new Map(algorithms.map((alg) => [alg as number, generatePrivateKey(alg)]))

const creation = (alg: number) => ({
  rp: { id: rpId, name: 'Shop' },
  user: { id: userHandle, name: 'ada', displayName: 'Ada' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key' as const, alg }],
  attestation: 'direct' as const,
})

function registered(alg: number) {
  const authenticator = authenticatorOf(alg)
  const { id } = authenticator.create(creation(alg) as never)
  const credential = authenticator.credentials.get(id)
  if (!credential) throw new Error('There is no credential.')
  const passkey = {
    userId: 'user',
    userHandle,
    publicKey: Uint8Array.from(encode(coseKeyOf(credential.privateKey, alg))),
    algorithm: alg,
    signCount: 0,
    backupEligible: credential.backupEligible,
  }
  return { authenticator, credentialId: id, passkey }
}

type Random = (below: number) => number

/** Small numbers that are the same in each run. */
function randomOf(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

/** A bit turned, a byte cut off, put in or put behind. */
function spoilt(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(Math.max(1, bytes.length))
  const kind = random(4)
  if (kind === 0) return bytes.slice(0, at)
  if (kind === 1) return Uint8Array.from([...bytes, random(256)])
  if (kind === 2) return Uint8Array.from([...bytes.slice(0, at), random(256), ...bytes.slice(at)])
  return bytes.map((byte, index) => (index === at ? byte ^ (1 << random(8)) : byte))
}

const pick = <Value>(values: readonly Value[], random: Random) => values[random(values.length)] as Value

/** Members of the client data, some of which change nothing. */
const members: [name: string, values: readonly unknown[]][] = [
  ['type', ['webauthn.create', 'webauthn.get', 'payment.get', '', 7]],
  ['challenge', [challenge, `${challenge}=`, toBase64url(new Uint8Array(32)), '', null]],
  ['origin', [origin, `${origin}/`, 'http://shop.example', 'https://evil.example', origin.toUpperCase()]],
  ['crossOrigin', [false, true, 'false', null, 0]],
  ['topOrigin', [origin, '', 'https://evil.example', null]],
  ['tokenBinding', [{ status: 'supported' }, { status: 'x' }, null, 'present']],
  ['extra', ['x', 7, null]],
]

/** What an authenticator may be told to say: signed, whatever it is. */
function overridesOf(random: Random): Record<string, unknown> {
  const kind = random(10)
  const [name, values] = pick(members, random)
  if (kind < 4) return { clientData: (truth: object) => ({ ...truth, [name]: pick(values, random) }) }
  if (kind === 4) return { flags: random(256) }
  if (kind === 5) return { rpId: pick([rpId, 'evil.example', ''], random) }
  if (kind === 6) return { signCount: pick([0, 1, 6, 0xffffffff], random) }
  if (kind === 7) return { authenticatorData: (data: Uint8Array) => spoilt(data, random) }
  if (kind === 8)
    return { extensions: new Map([[pick(['credProtect', 'x'], random), pick([1, 'y', true, 0.5], random)]]) }
  return {}
}

type Answer = { id: string; rawId: string; type: string; response: Record<string, unknown> }

function mutatedAssertion(
  authenticator: SoftwareAuthenticator,
  credentialId: string,
  random: Random,
  round: number,
): Answer {
  const options = { challenge, rpId, userVerification: 'preferred' as const }
  const overrides = round % 2 ? overridesOf(random) : {}
  const made = authenticator.get(options as never, { credentialId, ...overrides } as never) as unknown as Answer
  return round % 2 ? made : outside(made, ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'], random)
}

function mutatedRegistration(alg: number, random: Random, round: number): Answer {
  const overrides = round % 2 ? overridesOf(random) : {}
  const credential = { privateKey: privateKeys.get(alg), algorithm: alg }
  const made = authenticatorOf(alg).create(
    creation(alg) as never,
    { credential, ...overrides } as never,
  ) as unknown as Answer
  return round % 2 ? made : outside(made, ['clientDataJSON', 'attestationObject'], random)
}

/** An answer that was changed after it was signed. */
function outside(made: Answer, parts: readonly string[], random: Random): Answer {
  const kind = random(8)
  if (kind === 0)
    return { ...made, [pick(['id', 'rawId', 'type'], random)]: pick([made.id, 'public-key', 'AAAA'], random) }
  if (kind === 1 && typeof made.response.signature === 'string') {
    const signature = bytesOf(made.response.signature)
    // Another kind's may begin with that byte, too.
    const isDer = signature[0] === 0x30 && signature[1] === signature.length - 2
    const others = isDer ? notDer(signature).map(([, other]) => other) : [signature.slice().reverse()]
    return { ...made, response: { ...made.response, signature: toBase64url(pick(others, random)) } }
  }
  if (kind === 2) return made
  const part = pick(parts, random)
  const bytes = spoilt(bytesOf(String(made.response[part] ?? userHandle)), random)
  return { ...made, response: { ...made.response, [part]: toBase64url(bytes) } }
}

const bytesOf = (text: string) => fromBase64url(text) ?? new Uint8Array()
