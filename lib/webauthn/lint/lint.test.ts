import { expect, test } from 'vitest'
import type { CeremonyKind } from '../options.ts'
import { lint } from './lint.ts'
import type { Chosen, LintContext } from './rule.ts'
import { rules } from './rules.ts'

const residentKey = 'authenticatorSelection.residentKey'
const requireResidentKey = 'authenticatorSelection.requireResidentKey'
const attachment = 'authenticatorSelection.authenticatorAttachment'
const verification = 'authenticatorSelection.userVerification'
const here = { host: 'login.example.com', rpId: 'example.com', username: 'ada' }
const text = (words: string) => btoa(words).replaceAll('=', '')
const long = 'A'.repeat(1368)

interface Row {
  applies: Partial<Chosen>
  /** The nearest choices to which it does not apply. */
  not: Partial<Chosen>
}

const table: Record<string, Row> = {
  'rp-id-of-another-registration': {
    applies: { registration: { 'rp.id': 'example.org' } },
    not: { registration: { 'rp.id': 'example.com' } },
  },
  'rp-id-of-another-authentication': {
    applies: { authentication: { rpId: 'in.example.com' } },
    not: { authentication: { rpId: 'login.example.com' } },
  },
  'rp-ids-differ': {
    applies: { registration: { 'rp.id': 'login.example.com' } },
    not: { registration: { 'rp.id': 'login.example.com' }, authentication: { rpId: 'login.example.com' } },
  },
  'readable-user-handle': {
    applies: { registration: { 'user.id': text('ada@example.com') } },
    not: { registration: { 'user.id': 'AAECAwQFBgcICQoLDA0ODw' } },
  },
  'prf-by-credential-on-registration': {
    applies: { registration: { 'extensions.prf': { evalByCredential: { AAAA: { first: 'AA' } } } } },
    not: { registration: { 'extensions.prf': { eval: { first: 'AA' } } } },
  },
  'prf-by-credential-of-none': {
    applies: {
      authentication: {
        'extensions.prf': { evalByCredential: { AAAA: { first: 'AA' } } },
        allowCredentials: 'none',
      },
    },
    not: { authentication: { 'extensions.prf': { evalByCredential: { AAAA: { first: 'AA' } } } } },
  },
  'prf-by-credential-of-another': {
    applies: {
      authentication: {
        'extensions.prf': { evalByCredential: { AAAA: { first: 'AA' }, AAAB: { first: 'AA' } } },
        allowCredentials: ['AAAA'],
      },
    },
    not: {
      authentication: {
        'extensions.prf': { evalByCredential: { AAAA: { first: 'AA' } } },
        allowCredentials: [{ id: 'AAAA' }],
      },
    },
  },
  'prf-without-registration': {
    applies: { authentication: { 'extensions.prf': { eval: { first: 'AA' } } } },
    not: { registration: { 'extensions.prf': {} }, authentication: { 'extensions.prf': { eval: { first: 'AA' } } } },
  },
  'large-blob-on-registration': {
    applies: { registration: { 'extensions.largeBlob': { support: 'required', read: true } } },
    not: { registration: { 'extensions.largeBlob': { support: 'required' } } },
  },
  'large-blob-support-on-authentication': {
    applies: { authentication: { 'extensions.largeBlob': { support: 'required' } } },
    not: { authentication: { 'extensions.largeBlob': { read: true } } },
  },
  'large-blob-read-and-write': {
    applies: { authentication: { 'extensions.largeBlob': { read: true, write: 'AA' } } },
    not: { authentication: { 'extensions.largeBlob': { write: 'AA' } } },
  },
  'large-blob-write-to-several': {
    applies: { authentication: { 'extensions.largeBlob': { write: 'AA' }, allowCredentials: ['AAAA', 'AAAB'] } },
    not: { authentication: { 'extensions.largeBlob': { write: 'AA' }, allowCredentials: ['AAAA'] } },
  },
  'large-blob-write-in-a-field': {
    applies: { authentication: { mediation: 'conditional', 'extensions.largeBlob': { write: 'AA' } } },
    not: { authentication: { mediation: 'conditional', 'extensions.largeBlob': { read: true } } },
  },
  'large-blob-without-resident-key': {
    applies: { registration: { 'extensions.largeBlob': { support: 'preferred' } } },
    not: { registration: { 'extensions.largeBlob': { support: 'preferred' }, [residentKey]: 'preferred' } },
  },
  'cred-protect-enforced-without-policy': {
    applies: { registration: { 'extensions.enforceCredentialProtectionPolicy': true } },
    not: {
      registration: {
        'extensions.enforceCredentialProtectionPolicy': true,
        'extensions.credentialProtectionPolicy': 'userVerificationRequired',
      },
    },
  },
  ...Object.fromEntries(
    ['credentialProtectionPolicy', 'credBlob', 'minPinLength', 'credProps', 'appidExclude'].map((name) => [
      `${name}-on-authentication`,
      {
        applies: { authentication: { [`extensions.${name}`]: true } },
        not: { registration: { [`extensions.${name}`]: true } },
      },
    ]),
  ),
  ...Object.fromEntries(
    ['appid', 'getCredBlob'].map((name) => [
      `${name}-on-registration`,
      {
        applies: { registration: { [`extensions.${name}`]: true } },
        not: { authentication: { [`extensions.${name}`]: true } },
      },
    ]),
  ),
  'silent-get': {
    applies: { authentication: { mediation: 'silent' } },
    not: { authentication: { mediation: 'optional' } },
  },
  'conditional-with-registered': {
    applies: { authentication: { mediation: 'conditional', allowCredentials: 'registered' } },
    not: { authentication: { mediation: 'conditional', allowCredentials: 'none' } },
  },
  'conditional-with-list': {
    applies: { authentication: { mediation: 'conditional', allowCredentials: ['AAAA'] } },
    not: { authentication: { mediation: 'optional', allowCredentials: ['AAAA'] } },
  },
  'conditional-with-verification': {
    applies: { authentication: { mediation: 'conditional', userVerification: 'required' } },
    not: { authentication: { mediation: 'optional', userVerification: 'required' } },
  },
  'conditional-with-timeout': {
    applies: { authentication: { mediation: 'conditional', timeout: 60_000 } },
    not: { authentication: { mediation: 'optional', timeout: 60_000 } },
  },
  'conditional-create': {
    applies: { registration: { mediation: 'conditional' } },
    not: { authentication: { mediation: 'conditional' } },
  },
  'conditional-create-with-verification': {
    applies: { registration: { mediation: 'conditional', [verification]: 'required' } },
    not: { registration: { [verification]: 'required' } },
  },
  'mediation-of-create': {
    applies: { registration: { mediation: 'required' } },
    not: { registration: { mediation: 'conditional' } },
  },
  'many-credentials-registration': {
    applies: { registration: { excludeCredentials: { invented: { count: 65, length: 16, transports: [] } } } },
    not: { registration: { excludeCredentials: { invented: { count: 64, length: 16, transports: [] } } } },
  },
  'many-credentials-authentication': {
    applies: { authentication: { allowCredentials: Array(65).fill('AAAA') } },
    not: { authentication: { allowCredentials: Array(64).fill('AAAA') } },
  },
  'long-credential-id-registration': {
    applies: { registration: { excludeCredentials: [{ id: long }] } },
    not: { registration: { excludeCredentials: [long.slice(0, 1364)] } },
  },
  'long-credential-id-authentication': {
    applies: { authentication: { allowCredentials: { invented: { count: 1, length: 1024, transports: [] } } } },
    not: { authentication: { allowCredentials: { invented: { count: 1, length: 1023, transports: [] } } } },
  },
  'invented-to-sign-in': {
    applies: { authentication: { allowCredentials: { invented: { count: 1, length: 16, transports: [] } } } },
    not: { authentication: { allowCredentials: ['AAAA'] } },
  },
  'resident-key-on-security-key': {
    applies: { registration: { [residentKey]: 'required', hints: ['security-key'] } },
    not: { registration: { [residentKey]: 'required', hints: ['hybrid'] } },
  },
  'resident-key-contradiction': {
    applies: { registration: { [residentKey]: 'preferred', [requireResidentKey]: true } },
    not: { registration: { [residentKey]: 'required', [requireResidentKey]: true } },
  },
  'no-usernameless-sign-in': {
    applies: { registration: { [residentKey]: 'discouraged' }, authentication: { allowCredentials: 'none' } },
    not: { registration: { [residentKey]: 'discouraged' } },
  },
  'hints-against-attachment': {
    applies: { registration: { [attachment]: 'platform', hints: ['security-key'] } },
    not: { registration: { [attachment]: 'cross-platform', hints: ['hybrid'] } },
  },
  'verification-unset-registration': {
    applies: {},
    not: { registration: { [verification]: 'discouraged' } },
  },
  'verification-unset-authentication': {
    applies: {},
    not: { authentication: { userVerification: 'required' } },
  },
  'prf-without-verification-registration': {
    applies: { registration: { 'extensions.prf': {}, [verification]: 'discouraged' } },
    not: { registration: { 'extensions.prf': {}, [verification]: 'preferred' } },
  },
  'prf-without-verification-authentication': {
    applies: { authentication: { 'extensions.prf': {}, userVerification: 'discouraged' } },
    not: { authentication: { userVerification: 'discouraged' } },
  },
  'rsa-only': {
    applies: { registration: { pubKeyCredParams: [-257, -37] } },
    not: { registration: { pubKeyCredParams: [-257, -7] } },
  },
  'ml-dsa-only': {
    applies: { registration: { pubKeyCredParams: [-48, -50] } },
    not: { registration: { pubKeyCredParams: [-48, -7] } },
  },
  'ml-dsa-first': {
    applies: { registration: { pubKeyCredParams: [-48, -7] } },
    not: { registration: { pubKeyCredParams: [-7, -48] } },
  },
  'no-es256': {
    applies: { registration: { pubKeyCredParams: [-8, -257] } },
    not: { registration: { pubKeyCredParams: [-8, -7] } },
  },
  'attestation-with-none-first': {
    applies: { registration: { attestation: 'direct', attestationFormats: ['none', 'packed'] } },
    not: { registration: { attestation: 'direct', attestationFormats: ['packed', 'none'] } },
  },
  'formats-without-attestation': {
    applies: { registration: { attestationFormats: ['packed'] } },
    not: { registration: { attestation: 'indirect', attestationFormats: ['packed'] } },
  },
  'attestation-enterprise': {
    applies: { registration: { attestation: 'enterprise' } },
    not: { registration: { attestation: 'direct' } },
  },
  'timeout-short-registration': {
    applies: { registration: { timeout: 29_999 } },
    not: { registration: { timeout: 30_000 } },
  },
  'timeout-short-authentication': {
    applies: { authentication: { timeout: 1 } },
    not: { registration: { timeout: 1 } },
  },
  'timeout-long-registration': {
    applies: { registration: { timeout: 600_001 } },
    not: { registration: { timeout: 600_000 } },
  },
  'timeout-long-authentication': {
    applies: { authentication: { timeout: 3_600_000 } },
    not: { authentication: { timeout: 600_000 } },
  },
  'own-challenge-registration': {
    applies: { registration: { challenge: 'AAAA' } },
    not: { registration: { foo: 'AAAA' } },
  },
  'own-challenge-authentication': {
    applies: { authentication: { challenge: 'AAAA' } },
    not: { registration: { challenge: 'AAAA' } },
  },
  'duplicates-registration': {
    applies: { registration: { hints: ['hybrid', 'hybrid'] } },
    not: { registration: { hints: ['hybrid', 'client-device'] } },
  },
  'duplicates-authentication': {
    applies: { authentication: { allowCredentials: [{ id: 'AAAA' }, 'AAAB', { id: 'AAAA' }] } },
    not: { authentication: { allowCredentials: [{ id: 'AAAA' }, 'AAAA'] } },
  },
  'unknown-members-registration': {
    applies: { registration: { 'extensions.uvm': true } },
    not: { registration: { 'extensions.prf': {} } },
  },
  'unknown-members-authentication': {
    applies: { authentication: { foo: 1 } },
    not: { authentication: { timeout: 300_000 } },
  },
}

test('each rule has a row here, and a name of its own', () => {
  expect(rules.map(({ id }) => id).sort()).toEqual(Object.keys(table).sort())
})

test.each(rules)('$id applies where it must, and not beside it', ({ id, ceremony, severity, source }) => {
  const { applies, not } = table[id] as Row
  const [finding] = found(id, ceremony, applies)
  expect(finding?.words).toMatch(/^\S.*\.$/)
  expect(finding?.members.filter((path) => !(path in (applies[ceremony] ?? {})))).toEqual([])
  expect(found(id, ceremony, not)).toEqual([])
  expect(new URL(source).protocol).toBe('https:')
  expect(['error', 'warning', 'note']).toContain(severity)
})

test.each(rules.filter(({ mend }) => mend))(
  'the mend of $id silences it, and says nothing new that is as grave',
  (rule) => {
    const chosen = all(table[rule.id]?.applies)
    const mended = rule.mend?.change(chosen) as Chosen
    expect(found(rule.id, rule.ceremony, mended)).toEqual([])
    const errors = (of: Chosen) =>
      (['registration', 'authentication'] as const).flatMap((ceremony) =>
        lint(ceremony, of, here)
          .filter(({ rule }) => rule.severity === 'error')
          .map(({ rule }) => rule.id),
      )
    expect(errors(mended).filter((id) => !errors(chosen).includes(id))).toEqual([])
  },
)

test('what is written wrong, or is of another shape, is no rule’s to judge', () => {
  const odd = [undefined, null, 1, 'x', [], {}, [null], { invented: 1 }, { words: 'Why.' }]
  const paths = Object.values(table).flatMap(({ applies }) =>
    Object.values(applies).flatMap((values) => Object.keys(values)),
  )
  for (const ceremony of ['registration', 'authentication'] as const) {
    for (const value of odd) {
      const values = Object.fromEntries(paths.map((path) => [path, value]))
      expect(() => lint(ceremony, { registration: values, authentication: values }, {})).not.toThrow()
    }
  }
})

test('errors come first, then warnings, then notes', () => {
  const registration = { 'extensions.appid': 'x', timeout: 1 }
  const severities = lint('registration', { registration, authentication: {} }, here).map(({ rule }) => rule.severity)
  expect(severities).toEqual(['error', 'warning', 'note'])
})

function all(chosen: Partial<Chosen> = {}): Chosen {
  return { registration: {}, authentication: {}, ...chosen }
}

function found(id: string, ceremony: CeremonyKind, chosen: Partial<Chosen>, context: LintContext = here) {
  return lint(ceremony, all(chosen), context).filter(({ rule }) => rule.id === id)
}

test('a user handle of many short words is judged at once, however it ends', () => {
  const chosen = (text: string) => ({
    registration: { 'user.id': Buffer.from(text).toString('base64url') },
    authentication: {},
  })
  const judged = (text: string) =>
    lint('registration', chosen(text), {}).some(({ rule }) => rule.id === 'readable-user-handle')
  expect(judged(`a${'-a'.repeat(31)}`)).toBe(true)
  expect(judged(`a${'-a'.repeat(31)}!`)).toBe(false)
  expect(judged('Anne-Marie O’Neil')).toBe(true)
})
