import { existsSync, readFileSync } from 'node:fs'
import { encode } from 'cborg'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import {
  type AuthenticationResponse,
  authenticationResponse,
  type RegistrationResponse,
  registrationResponse,
} from '#lib/contract/passkeys.ts'
import { offeredAlgorithms } from '#lib/webauthn/algorithms.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { notDer } from '#lib/webauthn/checks/samples.ts'
import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  fromBase64url,
  toBase64url,
  toHex,
} from '#lib/webauthn/decode/index.ts'
import { recordedAuthentication, recordedRegistration } from '#lib/webauthn/verify/recorded.ts'
import { type RecordedCredential, recordedCredential } from '#lib/webauthn/verify/recorded-credential.ts'
import { toldToBoth } from '#lib/webauthn/verify/recorded-for-tests.ts'
import type { Vouching } from '#lib/webauthn/verify/vouching.ts'
import { assessTrust } from '../attestation/trust.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { judgeRegistration } from './judge-registration.ts'

/** Responses of real authenticators and providers, with what they hold, read from a file beside the project. */
const file = process.env.WEBAUTHN_PAYLOADS ?? '../shared/payloads/responses.json'
const present = existsSync(file)
if (!present) console.log(`The real responses are skipped: there is no file ${file} (WEBAUTHN_PAYLOADS names another).`)

interface AuthenticatorDataContents {
  flags: string
  signCount: number
  rpIdHash: string
  aaguid?: string
  credentialId?: string
  coseKeyHex?: string
}
interface Asked<Response> {
  challenge: string
  origin: string
  rpId: string
  response: Response
}
interface Payload {
  name: string
  registration?: Asked<RegistrationResponse> & { contains: { fmt: string; authData: AuthenticatorDataContents } }
  authentication?: Asked<AuthenticationResponse> & { contains: AuthenticatorDataContents }
}

/** What is told of a response besides that it passes: the checks that fail, and an opinion that differs. */
type Told = Record<string, string>
interface Outcome {
  registration?: Told
  authentication?: Told
  /** The day, where certificates were good at another time than the file's own. */
  at?: string
  trusted?: true
}

const good: Outcome = {}
const statement = (reason: string): Told => ({ 'attestation-statement': reason, 'second-opinion': reason })
const unknown: Told = {
  'credential-known': 'not registered here',
  'second-opinion': 'a credential that is not known here',
}
const expired: Told = {
  'second-opinion':
    'differs: it refuses a certificate out of its period; how old a chain may be is for the policy to say',
}
const androidKey: Told = {
  'second-opinion': 'not asked: it would fetch the revocation lists that the certificates name; the rest it verifies',
}

// Each with its reason; what is not listed passes whole.
const outcomes: Record<string, Outcome> = {
  // Its public key was never published.
  py_raises_exception_on_uv_required_but_false: { authentication: unknown },
  py_verify_authentication_response_with_EC2_public_key: { authentication: unknown },
  py_verify_authentication_response_with_OKP_public_key: { authentication: unknown },
  py_verify_authentication_response_with_RSA_public_key: { authentication: unknown },
  py_verify_ml_dsa_44_response: { authentication: unknown },
  py_verify_ml_dsa_65_response: { authentication: unknown },
  py_verify_ml_dsa_87_response: { authentication: unknown },
  // Certificates that live for days, on such a day: their makers' roots vouch for them.
  py_verify_attestation_android_key_hardware_authority: { at: '2025-02-01', trusted: true, registration: androidKey },
  py_verify_attestation_apple_passkey: { at: '2021-09-02', trusted: true },
  yubico_appleattestationios: { at: '2021-04-13', trusted: true },
  yubico_appleattestationmacos: { at: '2021-04-13', trusted: true },
  // An answer of SafetyNet is good for a minute.
  py_verify_attestation_android_safetynet: { registration: statement('a statement that is not of this minute') },
  // Published in base64, and of certificates that have ended: kept as not trusted.
  py_verify_attestation_dell_xps_13: { registration: expired },
  py_verify_attestation_lenovo_carbon_x1: { registration: expired },
  py_verify_attestation_surface_pro_4: { registration: expired },
  py_verify_attestation_with_unsupported_token_binding: {
    registration: {
      'second-opinion':
        'differs: it refuses a tokenBinding; WebAuthn Level 3 reserves the member and gives it no meaning',
    },
  },
}

const { payloads }: { payloads: Payload[] } = present ? JSON.parse(readFileSync(file, 'utf8')) : { payloads: [] }
const day = '2026-06-01'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(day) })
})
afterAll(() => {
  vi.useRealTimers()
})

const told = (checks: Check[]): Told =>
  Object.fromEntries(
    checks
      .filter(({ id, outcome }) => outcome === 'fail' || (id === 'second-opinion' && outcome !== 'pass'))
      .map(({ id, actual }) => [id, actual]),
  )

const expectedOf = ({ challenge, origin, rpId }: Asked<unknown>) => ({
  challenge,
  origins: [origin],
  rpId,
  userVerification: 'preferred' as const,
})

/** The same, as the page is told it. */
const inPage = (asked: Asked<unknown>) => ({ ...expectedOf(asked), unproven: [] })

const credentialOf = ({ response }: Asked<unknown>) => recordedCredential(response) as RecordedCredential

/** A response as its browser would have sent it: some were published in base64, which is refused. */
function urlSafe<Response>(response: Response): Response {
  const text = JSON.stringify(response, (_, value) =>
    typeof value === 'string' ? value.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') : value,
  )
  return JSON.parse(text)
}

function register(registration: NonNullable<Payload['registration']>, response = urlSafe(registration.response)) {
  const algorithms = offeredAlgorithms.map(({ id }) => id)
  const expected = { ...expectedOf(registration), algorithms }
  const trustIn = (vouching: Vouching) => assessTrust(vouching, undefined)
  return judgeRegistration(registrationResponse.parse(response), expected, async () => 'no', trustIn)
}

test.skipIf(!present)('the real responses are all there, and every outcome that is expected is of one', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(42)
  expect(payloads.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(outcomes)))
})

for (const { name, registration, authentication } of payloads) {
  const { at = day, trusted = false, ...outcome } = outcomes[name] ?? good
  if (registration) {
    test(`the real registration ${name} holds what it holds, and is judged as it must be`, async () => {
      vi.setSystemTime(new Date(at))
      const { checks, ...judged } = await register(registration)
      expect(told(checks)).toEqual(outcome.registration ?? {})
      const page = await recordedRegistration(credentialOf(registration), inPage(registration))
      const [ofPage, ofServer] = toldToBoth(page, checks)
      expect(ofPage).toEqual(ofServer)
      const { fmt, authData } = registration.contains
      expect([judged.format, judged.trust.trusted]).toEqual([fmt, trusted])
      const { flags, signCount, rpIdHash, attestedCredentialData: attested } = judged.authenticatorData ?? {}
      expect([flags?.byte, signCount, toHex(rpIdHash ?? new Uint8Array())]).toEqual([
        Number(authData.flags),
        authData.signCount,
        authData.rpIdHash,
      ])
      expect(attested?.aaguid).toBe(authData.aaguid)
      // Of what is long, its beginning or its length was published.
      const id = toBase64url(attested?.credentialId ?? new Uint8Array())
      expect(id.startsWith(authData.credentialId?.replace('...', '') ?? '-')).toBe(true)
      const key = attested?.credentialPublicKey ?? new Uint8Array()
      expect([toHex(key), `${key.length} bytes`]).toContain(authData.coseKeyHex)
    })
  }
  if (authentication) {
    test(`the real sign-in ${name} holds what it holds, and is judged as it must be`, async () => {
      const response = authenticationResponse.parse(authentication.response)
      const { value } = decodeAuthenticatorData(fromBase64url(response.response.authenticatorData) ?? new Uint8Array())
      const { flags, signCount, rpIdHash } = authentication.contains
      expect([value?.flags.byte, value?.signCount, toHex(value?.rpIdHash ?? new Uint8Array())]).toEqual([
        Number(flags),
        signCount,
        rpIdHash,
      ])
      const made = registration && (await register(registration)).authenticatorData
      const attested = made?.attestedCredentialData
      const userHandle = response.response.userHandle ?? ''
      const passkey = attested?.publicKey && {
        userId: 'user',
        userHandle,
        publicKey: Uint8Array.from(attested.credentialPublicKey),
        algorithm: attested.publicKey.alg,
        signCount: made?.signCount ?? 0,
        backupEligible: made?.flags.be ?? false,
      }
      const expected = { ...expectedOf(authentication), user: { id: 'user', handle: userHandle } }
      const { checks } = await judgeAuthentication(response, expected, passkey ?? null)
      expect(told(checks)).toEqual(outcome.authentication ?? {})
      if (!passkey) return
      const page = await recordedAuthentication(credentialOf(authentication), inPage(authentication), passkey)
      const [ofPage, ofServer] = toldToBoth(page, checks)
      expect(ofPage).toEqual(ofServer)
    })
  }
}

for (const { name, registration } of payloads) {
  if (!registration) continue
  const format = registration.contains.fmt
  if (/[+/=]/.test(registration.response.response.attestationObject)) {
    test(`the real registration ${name}, published in base64, is refused as it stands`, () => {
      expect(registrationResponse.safeParse(registration.response).error?.issues.at(-1)).toMatchObject({
        path: ['response', 'attestationObject'],
        message: 'is not base64url without padding',
      })
    })
  }
  if (['fido-u2f', 'packed', 'android-key'].includes(format)) {
    test(`the real attestation ${name}, of format ${format}, must be signed in DER`, async () => {
      vi.setSystemTime(new Date(outcomes[name]?.at ?? day))
      for (const [what] of notDer(Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1))) {
        const response = withStatement(registration.response, (attStmt) => {
          const bytes = notDer(attStmt.get('sig') as Uint8Array).find(([kind]) => kind === what)?.[1]
          return attStmt.set('sig', bytes)
        })
        expect(Object.keys(told((await register(registration, response)).checks)), what).toContain('signature-encoding')
      }
    })
  }
  if (format === 'fido-u2f') {
    test(`the real attestation ${name} has its one certificate, and with a second it is refused, whoever takes that`, async () => {
      const response = withStatement(registration.response, (attStmt) => {
        const x5c = attStmt.get('x5c') as Uint8Array[]
        return attStmt.set('x5c', [...x5c, ...x5c])
      })
      const { 'second-opinion': _, ...failures } = told((await register(registration, response)).checks)
      expect(failures).toEqual({ 'attestation-statement': '2 certificates, where a U2F key has exactly one' })
    })
  }
  if (format === 'android-key' || format === 'apple') {
    test(`the real attestation ${name} is not trusted without a link of its chain or after its time, refuses nothing, and has nothing fetched`, async () => {
      const fetched = vi.spyOn(globalThis, 'fetch')
      const at = outcomes[name]?.at ?? day
      const response = withStatement(registration.response, (attStmt) =>
        attStmt.set('x5c', (attStmt.get('x5c') as Uint8Array[]).toSpliced(1, 1)),
      )
      for (const [time, shown, trusted, why] of [
        [at, registration.response, true, /^a known root that vouches for it: .*\(built in\)$/],
        [at, response, false, /^certificates that lead to no known root: not trusted, and not refused for that$/],
        [
          '2060-01-01',
          registration.response,
          false,
          /^certificates of which one has expired: not trusted, and not refused for that$/,
        ],
      ] as const) {
        vi.setSystemTime(new Date(time))
        const { checks, trust } = await register(registration, shown)
        expect(told(checks)).toEqual(format === 'apple' ? {} : androidKey)
        expect(trust.trusted).toBe(trusted)
        const step = checks.find(({ id }) => id === 'attestation-trust')
        expect([step?.outcome, step?.actual]).toEqual([trusted ? 'pass' : 'skipped', expect.stringMatching(why)])
      }
      expect(fetched).not.toHaveBeenCalled()
      fetched.mockRestore()
    })
  }
}

/** A response with another statement. */
function withStatement(
  { response, ...outer }: RegistrationResponse,
  change: (attStmt: Map<unknown, unknown>) => Map<unknown, unknown>,
): RegistrationResponse {
  const { value } = decodeAttestationObject(fromBase64url(response.attestationObject) ?? new Uint8Array())
  if (!value) throw new Error('The attestation object does not decode.')
  const { fmt, attStmt, authData } = value
  const object = encode(new Map<string, unknown>(Object.entries({ fmt, attStmt: change(new Map(attStmt)), authData })))
  return { ...outer, response: { ...response, attestationObject: Buffer.from(object).toString('base64url') } }
}
