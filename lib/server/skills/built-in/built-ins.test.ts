import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { schnorr } from '@noble/curves/secp256k1.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import type { Caller } from '../../caller.ts'
import { env } from '../../env.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { currentKey } from '../../tokens/signing-keys.ts'
import { executeSkill } from '../execute.ts'
import { readSkill } from '../find-skill.ts'
import { builtIns } from './index.ts'

let caller: Caller
beforeAll(async () => {
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'skills' })).id, 'test')
})

/** What a skill answers, which is of its own output schema. */
async function run(skill_id: string, input: unknown) {
  const { output } = JSON.parse(await executeSkill(caller, { skill_id, input }, undefined))
  const { outputSchema } = await readSkill(caller, skill_id)
  const ajv = new Ajv2020({ strict: false })
  expect([ajv.validate(outputSchema, output), ajv.errors]).toEqual([true, null])
  return output
}

test.each([...builtIns.keys()])('%s has an example of what it takes, which it does', async (id) => {
  const { inputSchema } = await readSkill(caller, id)
  const [example] = (inputSchema as { examples: unknown[] }).examples
  expect(Object.keys(await run(id, example)).length).toBeGreaterThan(0)
})

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

const paragraphs: [language: string, text: string, about: RegExp][] = [
  [
    'de',
    'Der Leuchtturm brannte in der Nacht. Brot war billig. Als der Leuchtturm brannte, sah der Wärter vom Leuchtturm den Sturm nicht. Der Sturm nahm dem Wärter den Leuchtturm. Eine Katze schlief.',
    /Leuchtturm/,
  ],
  [
    'fr',
    'Le phare brûlait dans la nuit. Le pain était bon. Quand le phare brûlait, le gardien du phare ne voyait pas la tempête. La tempête a pris le phare au gardien. Un chat dormait.',
    /phare/,
  ],
  [
    'es',
    'El faro ardía en la noche. El pan era barato. Cuando el faro ardía, el guardián del faro no veía la tormenta. La tormenta le quitó el faro al guardián. Un gato dormía.',
    /faro/,
  ],
  [
    'ru',
    'Маяк горел ночью. Хлеб был дёшев. Когда маяк горел, смотритель не видел, как шторм шёл на маяк. Кошка спала.',
    /маяк/i,
  ],
  ['ja', '灯台が夜に燃えた。パンは安かった。灯台が燃えたとき、灯台の番人は嵐を見なかった。猫が寝ていた。', /灯台/],
]

test.each(paragraphs)(
  'a text in the language %s is known, and said in sentences of its own',
  async (language, text, about) => {
    const found = await run('text-summarizer', { text, sentences: 2 })
    expect([found.language, found.sentences.length]).toEqual([language, 2])
    for (const { text: sentence } of found.sentences) expect(text).toContain(sentence)
    expect(found.summary).toMatch(about)
    expect(found.sentences[0].position).toBeLessThan(found.sentences[1].position)
  },
)

test.each([
  ['a word', 'one', 1],
  ['no word', '!!! …', 0],
  ['the same sentence again and again', 'It rains. '.repeat(2_000), 1],
])('a text of %s is summarized, too', async (_, text, considered) => {
  expect(await run('text-summarizer', { text })).toMatchObject({ considered })
})

test('of a long text, the first 400 sentences count', async () => {
  const text = Array.from({ length: 900 }, (_, n) => `Sentence ${n.toString(36)} is here.`).join(' ')
  expect(await run('text-summarizer', { text, sentences: 20 })).toMatchObject({ considered: 400 })
})

test('a token of this server is verified, one that was changed is not, and a stranger’s is not checked', async () => {
  const { kid, sign } = await currentKey()
  const now = Math.floor(Date.now() / 1000)
  const jwt = (claims: object) => sign({ iat: now - 300, exp: now + 3_300, ...claims }, 'JWT')
  const token = jwt({ iss: env().baseUrl, sub: 'ada' })
  expect(await run('jwt.inspect', { token: `Bearer ${token}` })).toMatchObject({
    header: { alg: 'ES256', kid },
    payload: { sub: 'ada' },
    times: [
      { claim: 'iat', words: '5 minutes ago' },
      { claim: 'exp', words: expect.stringMatching(/^in 5[45] minutes$/) },
    ],
    expired: false,
    signature: { verdict: 'verified' },
    problems: [],
  })
  const [header, , signature] = token.split('.')
  const other = base64url(Buffer.from(JSON.stringify({ iss: env().baseUrl, sub: 'eve', exp: now - 60 })))
  expect(await run('jwt.inspect', { token: `${header}.${other}.${signature}` })).toMatchObject({
    expired: true,
    signature: { verdict: 'invalid' },
  })
  expect(await run('jwt.inspect', { token: jwt({ iss: 'https://acme.example' }) })).toMatchObject({
    signature: { verdict: 'not_checked' },
  })
})

test.each(['x', 'a.b', 'a.b.c', '..', `${base64url(Buffer.from('{}'))}.W10.x`, 'é.é.é'])(
  '“%s” is no JWT, and is told what is wrong',
  async (token) => {
    const { problems, signature } = await run('jwt.inspect', { token })
    expect(problems.length).toBeGreaterThan(0)
    expect(signature.verdict).toBe('not_checked')
  },
)

test('every structure of WebAuthn is known by itself, in hex and base64url, and a whole response is taken apart', async () => {
  const authenticator = new SoftwareAuthenticator({ origin: 'https://acme.example' })
  const credential = authenticator.create({
    rp: { id: 'acme.example', name: 'Acme' },
    user: { id: base64url(Buffer.from('u')), name: 'ada', displayName: 'Ada' },
    challenge: base64url(Buffer.alloc(32, 1)),
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  })
  const { attestationObject, authenticatorData, clientDataJSON } = credential.response
  const parts: [string, string][] = [
    ['attestationObject', attestationObject],
    ['authenticatorData', authenticatorData ?? ''],
    ['clientDataJSON', clientDataJSON],
    ['coseKey', `a5010203262001215820${'11'.repeat(32)}225820${'22'.repeat(32)}`],
  ]
  for (const [structure, text] of parts) {
    const bytes = structure === 'coseKey' ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64url')
    for (const data of [hex(bytes), bytes.toString('base64url'), bytes.toString('base64')]) {
      const [part] = (await run('webauthn.decode', { data })).parts
      expect([part.structure, part.wellFormed, part.errors]).toEqual([structure, true, []])
      expect(part.tree.children.length).toBeGreaterThan(1)
    }
  }
  const whole = await run('webauthn.decode', { data: credential })
  expect(whole.parts.map(({ structure }: { structure: string }) => structure)).toEqual(
    expect.arrayContaining(['clientDataJSON', 'attestationObject', 'authenticatorData']),
  )
  for (const part of whole.parts) expect(part.errors).toEqual([])
})

test.each([
  ['nothing that is bytes', 'ö'],
  ['too short', 'AA'],
  ['cut off', 'a363666d74'],
])('WebAuthn that is broken is said to be: %s', async (_, data) => {
  const [part] = (await run('webauthn.decode', { data })).parts
  expect(part.wellFormed).toBe(false)
  expect(part.errors.length).toBeGreaterThan(0)
})

const message = 'Send 5 EUR to ada.'
const secret = Buffer.alloc(32, 7)
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
const es256 = (dsaEncoding: 'der' | 'ieee-p1363') =>
  sign('sha256', Buffer.from(message), { key: pair.privateKey, dsaEncoding })
const digest = createHash('sha256').update(message).digest()

test.each([
  ['Ed25519', hex(ed25519.getPublicKey(secret)), ed25519.sign(Buffer.from(message), secret)],
  ['BIP340', base64url(schnorr.getPublicKey(secret)), schnorr.sign(Buffer.from(message), secret)],
  ['ES256', hex(point), es256('der')],
  ['ES256', base64url(point), es256('ieee-p1363')],
])('a signature of %s is valid for its message and key alone', async (algorithm, publicKey, bytes) => {
  const given = { algorithm, publicKey, message, signature: hex(bytes) }
  const verdict = async (more: object) => (await run('signature.verify', { ...given, ...more })).valid
  expect(await verdict({})).toBe(true)
  expect(await verdict({ signature: base64url(bytes) })).toBe(true)
  expect(await verdict({ message: base64url(Buffer.from(message)), messageEncoding: 'bytes' })).toBe(true)
  expect(await verdict({ message: 'Send 6 EUR to ada.' })).toBe(false)
  const changed = Uint8Array.from(bytes)
  changed[40] = (changed[40] ?? 0) ^ 1
  expect(await verdict({ signature: hex(changed) })).toBe(false)
})

test('a vector of BIP 340 itself, over the 32 bytes that it signs', async () => {
  const given = {
    algorithm: 'BIP340',
    publicKey: 'DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659',
    message: '243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89',
    messageEncoding: 'bytes',
    signature:
      '6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE33418906D11AC976ABCCB20B091292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A',
  }
  expect(await run('signature.verify', given)).toMatchObject({ valid: true })
  expect(await run('signature.verify', { ...given, message: hex(digest) })).toMatchObject({ valid: false })
})

test.each([
  [{ publicKey: 'zz!' }, /public key is neither/],
  [{ publicKey: '00' }, /public key has 1 bytes/],
  [{ signature: '00' }, /signature has 1 bytes/],
  [{ publicKey: 'ff'.repeat(32) }, /not of this message/],
])('what cannot be a signature is told why: %o', async (more, words) => {
  const given = {
    algorithm: 'Ed25519',
    publicKey: hex(ed25519.getPublicKey(secret)),
    message,
    signature: hex(ed25519.sign(Buffer.from(message), secret)),
  }
  expect(await run('signature.verify', { ...given, ...more })).toMatchObject({
    valid: false,
    words: expect.stringMatching(words),
  })
})
