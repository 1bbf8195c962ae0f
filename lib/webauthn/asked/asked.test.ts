import { expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import type { AuthenticatorSettings } from '#lib/webauthn/authenticator/settings.ts'
import { notKept } from '../not-kept.ts'
import { type CeremonyKind, webAuthnOptions } from '../options.ts'
import { extensionJudges } from './extension-judges.ts'
import { type AskedCeremony, type AskedVerdict, askedAndGot } from './index.ts'
import { optionJudges } from './option-judges.ts'

type Json = Record<string, unknown>

interface Case {
  /** What else was set. */
  also?: Json
  /** What the authenticator is. */
  is?: Partial<AuthenticatorSettings>
  /** Its own answer’s differences. */
  but?: Json
  /** What the server answered in the place of what was asked for. */
  sent?: Json
  ceremony?: Partial<AskedCeremony>
}

/** A ceremony with one option set, answered by an authenticator. */
async function verdictOn(kind: CeremonyKind, path: string, asked: unknown, { also, is, but, sent, ceremony }: Case) {
  const authenticator = new SoftwareAuthenticator({ origin: 'http://localhost:3000', ...is })
  const user = { id: 'AAAA', name: 'ada', displayName: 'Ada' }
  const params = Array.isArray(asked) && path === 'pubKeyCredParams' ? asked : [-7]
  const creation = {
    rp: { id: 'localhost', name: 'Acme Wallet' },
    user,
    challenge: 'AAAA',
    pubKeyCredParams: params.map((alg: number) => ({ type: 'public-key', alg })),
  }
  const all: Json = { ...also, [path]: asked }
  const options = (base: Json): Json => {
    const members: Json = { ...base }
    for (const [name, value] of Object.entries(all)) {
      if (name === 'mediation' || name === 'pubKeyCredParams' || name.endsWith('Credentials')) continue
      const [head = '', leaf] = name.split('.')
      members[head] = leaf ? { ...(members[head] as Json), [leaf]: value } : value
    }
    return { ...members, ...sent }
  }
  const verification = all['authenticatorSelection.userVerification'] ?? all.userVerification
  const selection = { authenticatorSelection: { residentKey: 'required', userVerification: verification } }
  const made = authenticator.create({ ...creation, ...selection } as never, kind === 'registration' ? but : {})
  const answered =
    kind === 'registration'
      ? { options: options(creation), credential: made }
      : {
          options: options({ challenge: 'AAAA', rpId: 'localhost' }),
          credential: authenticator.get(
            { challenge: 'AAAA', rpId: 'localhost', userVerification: verification } as never,
            but,
          ),
        }
  const rows = await askedAndGot({ kind, asked: all, ...answered, waited: 1_000, ...ceremony })
  expect(rows).toHaveLength(Object.keys(all).length)
  return rows.find((row) => row.path === path)
}

const selection = 'authenticatorSelection'
const told = (results: Json): Case => ({ but: { clientExtensionResults: results } })
const says = (name: string, value: unknown): Case => ({ but: { extensions: new Map([[name, value]]) } })
const key: Case = { is: { attachment: 'cross-platform', transports: ['usb', 'nfc'] } }
const nothing = { credential: undefined }

const cases: [CeremonyKind, path: string, asked: unknown, AskedVerdict, Case?][] = [
  ['registration', `${selection}.authenticatorAttachment`, 'platform', 'honoured'],
  ['registration', `${selection}.authenticatorAttachment`, 'platform', 'contradicted', key],
  ['registration', `${selection}.residentKey`, 'required', 'honoured', told({ credProps: { rk: true } })],
  ['registration', `${selection}.residentKey`, 'required', 'contradicted', told({ credProps: { rk: false } })],
  ['registration', `${selection}.residentKey`, 'required', 'cannot be told'],
  [
    'registration',
    `${selection}.residentKey`,
    'preferred',
    'ignored by the authenticator',
    told({ credProps: { rk: false } }),
  ],
  ['registration', `${selection}.residentKey`, 'discouraged', 'honoured', told({ credProps: { rk: false } })],
  [
    'registration',
    `${selection}.residentKey`,
    'discouraged',
    'ignored by the authenticator',
    told({ credProps: { rk: true } }),
  ],
  ['registration', `${selection}.requireResidentKey`, true, 'honoured', told({ credProps: { rk: true } })],
  [
    'registration',
    `${selection}.requireResidentKey`,
    true,
    'ignored by the browser',
    { also: { [`${selection}.residentKey`]: 'discouraged' } },
  ],
  ['registration', `${selection}.userVerification`, 'required', 'honoured'],
  ['registration', `${selection}.userVerification`, 'required', 'contradicted', { but: { flags: { uv: false } } }],
  [
    'registration',
    `${selection}.userVerification`,
    'preferred',
    'ignored by the authenticator',
    { is: { verifiesUsers: false } },
  ],
  ['authentication', 'userVerification', 'discouraged', 'honoured'],
  [
    'authentication',
    'userVerification',
    'discouraged',
    'ignored by the authenticator',
    { but: { flags: { uv: true } } },
  ],
  [
    'authentication',
    'userVerification',
    'preferred',
    'changed by the server',
    { sent: { userVerification: 'required' } },
  ],
  ['registration', 'attestation', 'none', 'honoured'],
  [
    'registration',
    'attestation',
    'none',
    'ignored by the browser',
    { but: { fmt: 'packed', attStmt: new Map([['x5c', [new Uint8Array(1)]]]) } },
  ],
  ['registration', 'attestation', 'direct', 'honoured', { is: { attestation: 'packed' } }],
  ['registration', 'attestation', 'direct', 'ignored by the authenticator'],
  [
    'registration',
    'attestationFormats',
    ['tpm', 'packed'],
    'honoured',
    { is: { attestation: 'packed' }, also: { attestation: 'direct' } },
  ],
  [
    'registration',
    'attestationFormats',
    ['tpm'],
    'ignored by the authenticator',
    { is: { attestation: 'packed' }, also: { attestation: 'direct' } },
  ],
  ['registration', 'attestationFormats', ['tpm'], 'ignored by the browser'],
  ['registration', 'hints', ['security-key'], 'honoured', key],
  ['registration', 'hints', ['hybrid', 'client-device'], 'honoured'],
  ['registration', 'hints', ['security-key'], 'ignored by the browser'],
  ['authentication', 'hints', ['client-device'], 'honoured'],
  ['authentication', 'hints', ['client-device'], 'ignored by the browser', key],
  ['registration', 'pubKeyCredParams', [-7, -257], 'honoured'],
  ['registration', 'pubKeyCredParams', [-257, -7], 'ignored by the authenticator', { is: { algorithms: [-7] } }],
  ['registration', 'pubKeyCredParams', [-257], 'contradicted', { but: { credential: { algorithm: -7 } } }],
  ['registration', 'timeout', 60_000, 'cannot be told'],
  ['authentication', 'timeout', 60_000, 'cannot be told'],
  ['authentication', 'timeout', 500, 'ignored by the browser'],
  ['registration', 'excludeCredentials', 'none', 'honoured'],
  [
    'registration',
    'excludeCredentials',
    'registered',
    'changed by the server',
    { sent: { excludeCredentials: [{ id: 'AAAA' }] } },
  ],
  [
    'registration',
    'excludeCredentials',
    ['AAAA'],
    'honoured',
    { ceremony: { ...nothing, refused: 'InvalidStateError' } },
  ],
  ['authentication', 'allowCredentials', 'none', 'honoured'],
  ['authentication', 'allowCredentials', ['AAAA'], 'contradicted', { sent: { allowCredentials: [{ id: 'AAAA' }] } }],
  ['authentication', 'allowCredentials', 'registered', 'changed by the server'],
  ['registration', 'rp.id', 'localhost', 'honoured'],
  ['registration', 'rp.id', 'example.com', 'contradicted'],
  [
    'registration',
    'rp.id',
    'example.com',
    'refused by the browser',
    { ceremony: { ...nothing, refused: 'SecurityError' } },
  ],
  [
    'registration',
    'rp.id',
    'example.com',
    'cannot be told',
    { also: { 'extensions.appidExclude': 'https://a.example' }, ceremony: { ...nothing, refused: 'SecurityError' } },
  ],
  ...(['extensions.largeBlob', 'mediation', 'timeout'] as const).map((path): (typeof cases)[number] => [
    'registration',
    'pubKeyCredParams',
    [-7],
    path === 'timeout' ? 'refused by the browser' : 'cannot be told',
    { also: { [path]: 1 }, ceremony: { ...nothing, refused: 'NotSupportedError' } },
  ]),
  ['authentication', 'rpId', 'localhost', 'honoured'],
  ['authentication', 'rpId', 'example.com', 'changed by the server', { sent: { rpId: 'localhost' } }],
  ['registration', 'user.id', 'AQID', 'cannot be told'],
  ['registration', 'mediation', 'conditional', 'honoured', { but: { flags: { up: false } } }],
  ['authentication', 'mediation', 'silent', 'cannot be told'],
  ['registration', 'extensions.credProps', true, 'honoured', told({ credProps: { rk: false } })],
  ['registration', 'extensions.credProps', true, 'ignored by the authenticator', told({ credProps: {} })],
  ['registration', 'extensions.credProps', true, 'ignored by the browser', told({})],
  ['registration', 'extensions.prf', {}, 'honoured', told({ prf: { enabled: true } })],
  ['registration', 'extensions.prf', {}, 'ignored by the authenticator', told({ prf: { enabled: false } })],
  ['registration', 'extensions.prf', {}, 'ignored by the browser'],
  [
    'authentication',
    'extensions.prf',
    { eval: { first: 'AAAA' } },
    'honoured',
    told({ prf: { results: { first: 'AAAA' } } }),
  ],
  ['authentication', 'extensions.prf', { eval: { first: 'AAAA' } }, 'ignored by the authenticator', told({ prf: {} })],
  ['authentication', 'extensions.prf', {}, 'cannot be told', told({ prf: {} })],
  [
    'registration',
    'extensions.largeBlob',
    { support: 'required' },
    'honoured',
    told({ largeBlob: { supported: true } }),
  ],
  [
    'registration',
    'extensions.largeBlob',
    { support: 'required' },
    'contradicted',
    told({ largeBlob: { supported: false } }),
  ],
  [
    'registration',
    'extensions.largeBlob',
    { support: 'preferred' },
    'ignored by the authenticator',
    told({ largeBlob: { supported: false } }),
  ],
  ['authentication', 'extensions.largeBlob', { read: true }, 'honoured', told({ largeBlob: { blob: 'AAAA' } })],
  ['authentication', 'extensions.largeBlob', { read: true }, 'ignored by the authenticator', told({ largeBlob: {} })],
  ['authentication', 'extensions.largeBlob', { write: 'AAAA' }, 'honoured', told({ largeBlob: { written: true } })],
  [
    'authentication',
    'extensions.largeBlob',
    { write: 'AAAA' },
    'ignored by the authenticator',
    told({ largeBlob: { written: false } }),
  ],
  [
    'registration',
    'extensions.credentialProtectionPolicy',
    'userVerificationRequired',
    'honoured',
    says('credProtect', 3),
  ],
  [
    'registration',
    'extensions.credentialProtectionPolicy',
    'userVerificationRequired',
    'contradicted',
    says('credProtect', 2),
  ],
  [
    'registration',
    'extensions.credentialProtectionPolicy',
    'userVerificationOptional',
    'ignored by the authenticator',
    says('credProtect', 3),
  ],
  ['registration', 'extensions.credentialProtectionPolicy', 'userVerificationRequired', 'ignored by the authenticator'],
  [
    'registration',
    'extensions.enforceCredentialProtectionPolicy',
    true,
    'honoured',
    { ...says('credProtect', 3), also: { 'extensions.credentialProtectionPolicy': 'userVerificationRequired' } },
  ],
  [
    'registration',
    'extensions.enforceCredentialProtectionPolicy',
    true,
    'contradicted',
    { also: { 'extensions.credentialProtectionPolicy': 'userVerificationRequired' } },
  ],
  ['registration', 'extensions.enforceCredentialProtectionPolicy', true, 'ignored by the browser'],
  ['registration', 'extensions.credBlob', 'AAAA', 'honoured', says('credBlob', true)],
  ['registration', 'extensions.credBlob', 'AAAA', 'ignored by the authenticator', says('credBlob', false)],
  ['authentication', 'extensions.getCredBlob', true, 'honoured', says('credBlob', new Uint8Array(3))],
  [
    'authentication',
    'extensions.getCredBlob',
    true,
    'ignored by the authenticator',
    says('credBlob', new Uint8Array()),
  ],
  ['registration', 'extensions.minPinLength', true, 'honoured', says('minPinLength', 4)],
  ['registration', 'extensions.minPinLength', true, 'ignored by the authenticator'],
  ['authentication', 'extensions.appid', 'https://example.com', 'honoured', told({ appid: false })],
  ['authentication', 'extensions.appid', 'https://example.com', 'ignored by the browser'],
  ['registration', 'extensions.appidExclude', 'https://example.com', 'honoured', told({ appidExclude: true })],
  ['registration', 'extensions.appidExclude', 'https://example.com', 'ignored by the browser'],
  ['registration', 'extensions.uvm', true, 'honoured', told({ uvm: [[1, 2, 3]] })],
  ['registration', 'extensions.uvm', true, 'ignored by the browser'],
  ['registration', 'foo', 1, 'cannot be told'],
  ['registration', 'timeout', 60_000, 'cannot be told', { ceremony: { options: undefined, ...nothing } }],
]

test.each(cases)('of a %s, %s %j is %s: %#', async (kind, path, asked, verdict, how = {}) => {
  const row = await verdictOn(kind, path, asked, how)
  expect(row).toMatchObject({ path, verdict })
  expect(row?.asked).not.toBe('')
  expect(row?.got).not.toBe('')
})

test('each option of the catalogue is judged, and once at least as honoured or for what cannot be told', () => {
  for (const { path, ceremonies } of webAuthnOptions) {
    expect(optionJudges[path] ?? extensionJudges[path], path).toBeDefined()
    for (const kind of ceremonies) {
      const judged = cases.filter(([of, at]) => of === kind && at === path).map(([, , , verdict]) => verdict)
      expect(
        judged.some((verdict) => verdict === 'honoured' || verdict === 'cannot be told'),
        `${kind} ${path}`,
      ).toBe(true)
    }
  }
})

test.each<[path: string, input: unknown, results: Json]>([
  ['extensions.prf', { eval: { first: 'AAAA' } }, { prf: { results: notKept } }],
  ['extensions.largeBlob', { read: true }, { largeBlob: { blob: notKept } }],
])('of what was not kept it is still told that it came: %s', async (path, input, results) => {
  expect(await verdictOn('authentication', path, input, told(results))).toMatchObject({ verdict: 'honoured' })
})

test('rows stand in the catalogue’s order, what it does not know last', async () => {
  const asked = { foo: 1, 'extensions.uvm': true, timeout: 1, 'extensions.prf': {}, attestation: 'none' }
  const rows = await askedAndGot({ kind: 'registration', asked })
  expect(rows.map(({ path }) => path)).toEqual(['attestation', 'timeout', 'extensions.prf', 'foo', 'extensions.uvm'])
  expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['cannot be told']))
})

test('what does not decode tells nothing, and breaks nothing', async () => {
  const asked = { attestation: 'direct', 'authenticatorSelection.userVerification': 'required', hints: ['hybrid'] }
  const credential = { response: { attestationObject: '*', transports: 7 }, clientExtensionResults: null }
  const options = { attestation: 'direct', authenticatorSelection: { userVerification: 'required' }, hints: ['hybrid'] }
  const rows = await askedAndGot({ kind: 'registration', asked, options, credential })
  expect(rows.map(({ verdict }) => verdict)).toEqual(['cannot be told', 'cannot be told', 'cannot be told'])
})

test.each(['constructor', 'toString', 'extensions.constructor'])(
  'a member named %s is one like any other',
  async (path) => {
    const { verdict, why } = (await verdictOn('registration', path, 1, {})) ?? {}
    expect([typeof verdict, typeof why]).toEqual(['string', 'string'])
  },
)
