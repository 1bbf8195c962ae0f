import { expect, test } from 'vitest'
import { type CeremonyKind, requestOptionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { attemptRegistration, type Tenant } from './ceremonies-harness.ts'
import { newTenant, refusal } from './harness.ts'

type Options = Record<string, unknown>

/** Begins a ceremony with options as a caller would write them, well typed or not. */
async function begin({ client }: Pick<Tenant, 'client'>, ceremony: CeremonyKind, options: unknown): Promise<Options> {
  const { publicKey } =
    ceremony === 'registration'
      ? await client.passkeys.register.begin({ username: 'bob', options: options as object })
      : await client.passkeys.authenticate.begin({ options: options as object })
  return publicKey
}

/** `{ a: { b: value } }` of the path `a.b`. */
const at = (path: string, value: unknown): Options =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Options

const ids = ['AAAA', 'BBBB']

/** Every choice that an option offers, where it can be counted, and one where it cannot. */
function choicesOf({ kind, input, values = [] }: WebAuthnOption): unknown[] {
  const all = values.map(({ value }) => value)
  switch (kind) {
    case 'choice':
      return all
    case 'list':
      return [all, all.toReversed(), all.slice(0, 1), []]
    case 'algorithms':
      return [all, all.toReversed(), ...all.map((value) => [value])]
    case 'milliseconds':
      return [1, 60_000, 3_600_000]
    case 'text':
      return ['localhost', 'example.com']
    case 'bytes':
      return ['AA', 'A'.repeat(86)]
    case 'credentials':
      return [ids]
    case 'extension':
      return inputsOf(input, all)
  }
}

function inputsOf(input: WebAuthnOption['input'], all: unknown[]): unknown[] {
  switch (input) {
    case 'flag':
      return [true, false]
    case 'choice':
      return all
    case 'bytes':
      return ['AAAA', '']
    case 'text':
      return ['https://example.com']
    case 'prf':
      return [{}, { eval: { first: 'AAAA', second: 'AQ' } }, { evalByCredential: { AAAA: { first: 'AQ' } } }]
    default:
      return [{}, { support: 'required' }, { read: true }, { write: 'AAAA' }]
  }
}

/** How a choice is written in publicKey. */
function written({ kind }: WebAuthnOption, choice: unknown): unknown {
  if (kind === 'algorithms') return (choice as number[]).map((alg) => ({ type: 'public-key', alg }))
  if (kind === 'credentials') return (choice as string[]).map((id) => ({ type: 'public-key', id }))
  return choice
}

const always = {
  registration: ['challenge', 'pubKeyCredParams', 'rp', 'user'],
  authentication: ['challenge', 'rpId'],
} as const

const ceremonies: CeremonyKind[] = ['registration', 'authentication']

test('the catalogue has every option that WebAuthn has, and each is listed with its ceremonies', () => {
  const paths = (ceremony: CeremonyKind) => requestOptionsOf(ceremony).map(({ path }) => path)
  expect(paths('registration').toSorted()).toEqual([
    'attestation',
    'attestationFormats',
    'authenticatorSelection.authenticatorAttachment',
    'authenticatorSelection.requireResidentKey',
    'authenticatorSelection.residentKey',
    'authenticatorSelection.userVerification',
    'excludeCredentials',
    'extensions.appidExclude',
    'extensions.credBlob',
    'extensions.credProps',
    'extensions.credentialProtectionPolicy',
    'extensions.enforceCredentialProtectionPolicy',
    'extensions.largeBlob',
    'extensions.minPinLength',
    'extensions.prf',
    'hints',
    'pubKeyCredParams',
    'rp.id',
    'timeout',
    'user.id',
  ])
  expect(paths('authentication').toSorted()).toEqual([
    'allowCredentials',
    'extensions.appid',
    'extensions.getCredBlob',
    'extensions.largeBlob',
    'extensions.prf',
    'hints',
    'rpId',
    'timeout',
    'userVerification',
  ])
})

test.each(ceremonies)('of a %s without options, nothing is set where WebAuthn has a default', async (ceremony) => {
  const tenant = await newTenant()
  expect(Object.keys(await begin(tenant, ceremony, {})).toSorted()).toEqual(always[ceremony])
  expect(Object.keys(await begin(tenant, ceremony, undefined)).toSorted()).toEqual(always[ceremony])
})

const rows = ceremonies.flatMap((ceremony) =>
  requestOptionsOf(ceremony).map((option) => ({ ...option, ceremony, option })),
)

/** What the server fills in beside what is chosen. */
const filled: Readonly<Record<string, object>> = {
  rp: { id: expect.any(String), name: expect.any(String) },
  user: { id: expect.any(String), name: 'bob', displayName: 'bob' },
}

test.each(rows)('what is chosen for $path of a $ceremony arrives unchanged, and nothing else with it', async (row) => {
  const tenant = await newTenant()
  for (const choice of choicesOf(row.option)) {
    const publicKey = await begin(tenant, row.ceremony, at(row.path, choice))
    expect(publicKey).toMatchObject(at(row.path, written(row.option, choice)))
    const [head = ''] = row.path.split('.')
    const own = at(row.path, written(row.option, choice))[head]
    expect(publicKey[head]).toEqual(head in filled ? { ...filled[head], ...(own as object) } : own)
    expect(Object.keys(publicKey).toSorted()).toEqual([...new Set([...always[row.ceremony], head])].toSorted())
  }
})

test.each(ceremonies)('all options of a %s together arrive unchanged', async (ceremony) => {
  const tenant = await newTenant()
  const options: Options = {}
  const expected: Options = {}
  for (const option of requestOptionsOf(ceremony)) {
    const [head = '', leaf] = option.path.split('.')
    const choice = choicesOf(option)[0]
    options[head] = leaf ? { ...(options[head] as object), [leaf]: choice } : choice
    expected[head] = leaf ? options[head] : written(option, choice)
  }
  expect(await begin(tenant, ceremony, options)).toMatchObject(expected)
})

test('registered passkeys are excluded and allowed unless “none” is chosen', async () => {
  const tenant = await newTenant({ scopes: ['passkeys:register', 'passkeys:authenticate', 'passkeys:manage'] })
  const { passkey } = await attemptRegistration(tenant)
  const own = [{ type: 'public-key', id: passkey.credentialId, transports: ['internal'] }]
  const { register, authenticate } = tenant.client.passkeys
  const excluded = async (options: object) =>
    (await register.begin({ username: 'ada', options })).publicKey.excludeCredentials
  const allowed = async (options: object) =>
    (await authenticate.begin({ username: 'ada', options })).publicKey.allowCredentials
  expect([await excluded({}), await excluded({ excludeCredentials: 'registered' })]).toEqual([own, own])
  expect([await allowed({}), await allowed({ allowCredentials: 'registered' })]).toEqual([own, own])
  expect(await excluded({ excludeCredentials: 'none' })).toBeUndefined()
  expect(await allowed({ allowCredentials: 'none' })).toBeUndefined()
  expect((await authenticate.begin({ options: { allowCredentials: 'registered' } })).publicKey).not.toHaveProperty(
    'allowCredentials',
  )
})

/** What is no choice of an option. */
function mischoicesOf({ kind }: WebAuthnOption): unknown[] {
  switch (kind) {
    case 'choice':
      return ['Required', '', 1, ['required']]
    case 'list':
      return ['hybrid', ['phone'], [null], Array(20).fill('hybrid')]
    case 'algorithms':
      return [[], [-65535], ['-7'], -7, [-7.5]]
    case 'milliseconds':
      return [0, -1, 1.5, '60000', 3_600_001]
    case 'text':
      return [7, 'a'.repeat(254), ['localhost']]
    case 'bytes':
      return ['A', 'AB', 'AA==', 7, 'A'.repeat(87)]
    case 'extension':
      return []
    case 'credentials':
      return ['all', [''], ['A='], ['+/'], ['AAAAA'], ['AAB'], [1], Array(65).fill('AAAA')]
  }
}

test.each(rows)('what is no choice for $path of a $ceremony is refused by name', async (row) => {
  const tenant = await newTenant()
  for (const value of mischoicesOf(row.option)) {
    const problem = await refusal(begin(tenant, row.ceremony, at(row.path, value)))
    expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
    expect(problem.issues?.length).toBeGreaterThan(0)
    for (const issue of problem.issues ?? []) {
      expect(`${issue.path}.`.startsWith(`options.${row.path}.`)).toBe(true)
      expect(issue.message).not.toBe('')
    }
  }
})

test.each<[CeremonyKind, unknown, path: string]>([
  ['registration', { userVerification: 'required' }, 'options.userVerification'],
  ['registration', { rp: { name: 'Evil' } }, 'options.rp.name'],
  ['registration', { challenge: 'AAAA' }, 'options.challenge'],
  ['registration', { user: { name: 'eve' } }, 'options.user.name'],
  ['registration', { mediation: 'conditional' }, 'options.mediation'],
  ['registration', { extensions: ['credProps'] }, 'options.extensions'],
  ['authentication', { extensions: 'credProps' }, 'options.extensions'],
  ['authentication', { challenge: 'AAAA' }, 'options.challenge'],
  ['authentication', { attestation: 'none' }, 'options.attestation'],
  ['authentication', ['required'], 'options'],
  ['authentication', 'required', 'options'],
])('to a %s, the options %j are refused by name', async (ceremony, options, path) => {
  const problem = await refusal(begin(await newTenant(), ceremony, options))
  expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
  expect(problem.issues).toEqual([{ path, message: expect.any(String) }])
})

test.each<[CeremonyKind, extension: object, path: string]>([
  ['authentication', { prf: { eval: { first: 'AAAAA' } } }, 'prf.eval.first'],
  ['registration', { prf: { eval: { first: 'AAAA', second: 'AAB' } } }, 'prf.eval.second'],
  ['authentication', { prf: { eval: { first: 7 } } }, 'prf.eval.first'],
  ['authentication', { prf: { evalByCredential: { AAAA: { first: 'AAA=' } } } }, 'prf.evalByCredential.AAAA.first'],
  ['authentication', { prf: { evalByCredential: { AAB: { first: 'AAAA' } } } }, 'prf.evalByCredential.AAB'],
  ['authentication', { largeBlob: { write: '+/+/' } }, 'largeBlob.write'],
  ['registration', { credBlob: 'A' }, 'credBlob'],
])('to a %s, the extension input %j is refused by name, and nothing is begun', async (ceremony, extensions, path) => {
  const tenant = await newTenant()
  const problem = await refusal(begin(tenant, ceremony, { extensions }))
  expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
  expect(problem.issues).toEqual([{ path: `options.extensions.${path}`, message: 'is not base64url without padding' }])
})

test('extension inputs that are written right, or have no bytes, arrive unchanged', async () => {
  const tenant = await newTenant()
  const extensions = {
    prf: { eval: { first: 'AAAA', second: '' }, evalByCredential: { AAA: { first: 'AQ' } } },
    largeBlob: { support: 'preferred', read: true },
    credBlob: 'AAA',
    appid: 'https://example.com/A=',
    unknown: { write: '+/=' },
  }
  for (const ceremony of ceremonies) expect(await begin(tenant, ceremony, { extensions })).toMatchObject({ extensions })
})
