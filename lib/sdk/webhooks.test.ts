import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, expectTypeOf, test, vi } from 'vitest'
import { type SkillCall, verifySkillCall, verifyWebhook, WebhookRefusedError } from './webhooks.ts'

const secret = `whsec_${Buffer.from('a secret of 24 bytes or so').toString('base64')}`
const other = `whsec_${Buffer.from('another secret of 24 bytes').toString('base64')}`
const event = {
  type: 'key.created',
  timestamp: '2030-01-01T00:00:00.000Z',
  data: { keyId: '4fQ9mZ7hLw2c', name: 'Ada’s key' },
}
const body = JSON.stringify(event)
const call: SkillCall = {
  ...{ runId: 'run_1', skillId: 'acme.upper', environment: 'test' },
  tenant: { id: 'tnt_1', name: 'Acme Wallet' },
  input: { text: 'four' },
}

const seconds = (moment = Date.now()) => Math.floor(moment / 1000)

/** A request as the stock library signs it. */
function signed(by = secret, at = new Date(), more: Record<string, string> = {}, content = body) {
  const headers = {
    ...{ 'webhook-id': 'evt_1', 'webhook-timestamp': String(seconds(at.getTime())) },
    'webhook-signature': new Webhook(by).sign('evt_1', at, content),
    ...more,
  }
  return new Request('https://endpoint.example/', { method: 'POST', headers, body: content })
}
/** The same with a body of one's own. */
const saying = (content: string) => signed(secret, new Date(), {}, content)

async function reason(verifying: Promise<unknown>): Promise<string> {
  const error = await verifying.then(
    () => new Error('It was believed.'),
    (error: unknown) => error,
  )
  if (!(error instanceof WebhookRefusedError)) throw error
  expect(error.message + error.stack).not.toContain(secret.slice(6))
  return error.reason
}

test('an event that the stock library signed is read', async () => {
  expect(await verifyWebhook(signed(), secret)).toEqual({ id: 'evt_1', test: false, ...event })
})

test('a test is told from what happened by its id, which is signed', async () => {
  const tried = {
    'webhook-id': 'msg_test_1',
    'webhook-signature': new Webhook(secret).sign('msg_test_1', new Date(), body),
  }
  expect(await verifyWebhook(signed(secret, new Date(), tried), secret)).toMatchObject({ id: 'msg_test_1', test: true })
  const said = signed(secret, new Date(), { 'webhook-id': 'msg_test_1', 'webhook-test': 'true' })
  expect(await reason(verifyWebhook(said, secret))).toBe('signature')
})

test('an event is read by either secret of a rotation, and by either signature', async () => {
  expect(await verifyWebhook(signed(other), [secret, other])).toMatchObject({ id: 'evt_1' })
  const both = new Webhook(other).sign('evt_1', new Date(), body)
  const request = signed(secret, new Date(), {
    'webhook-signature': `${both} v1,AAAA ${new Webhook(secret).sign('evt_1', new Date(), body)}`,
  })
  expect(await verifyWebhook(request, secret)).toMatchObject({ type: 'key.created' })
})

test('an event is verified by the endpoint’s public key', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const at = String(seconds())
  const content = Buffer.from(`evt_1.${at}.${body}`)
  const by = `v1a,${sign(null, content, privateKey).toString('base64')}`
  const request = () => signed(other, new Date(), { 'webhook-signature': by, 'webhook-timestamp': at })
  expect(await verifyWebhook(request(), `whpk_${raw.toString('base64')}`)).toMatchObject({ id: 'evt_1' })
  const stranger = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  expect(await reason(verifyWebhook(request(), `whpk_${stranger.toString('base64')}`))).toBe('signature')
  // A public key is known to everybody: a signature that is made with it as a secret is none.
  const hmac = createHmac('sha256', raw).update(content).digest('base64')
  const forged = signed(other, new Date(), { 'webhook-signature': `v1,${hmac} v1a,${hmac}` })
  expect(await reason(verifyWebhook(forged, `whpk_${raw.toString('base64')}`))).toBe('signature')
})

test.each([
  ['by another secret', () => signed(other), 'signature'],
  ['without a signature', () => signed(secret, new Date(), { 'webhook-signature': '' }), 'signature'],
  [
    'with a signature that is no base64',
    () => signed(secret, new Date(), { 'webhook-signature': 'v1,!!' }),
    'signature',
  ],
  ['with another id', () => signed(secret, new Date(), { 'webhook-id': 'evt_2' }), 'signature'],
  ['without an id', () => signed(secret, new Date(), { 'webhook-id': '' }), 'headers'],
  ['without a time', () => signed(secret, new Date(), { 'webhook-timestamp': '' }), 'headers'],
  ['with a time that is none', () => signed(secret, new Date(), { 'webhook-timestamp': 'now' }), 'headers'],
  ['that is sent again later', () => signed(secret, new Date(Date.now() - 302_000)), 'timestamp'],
  ['of the future', () => signed(secret, new Date(Date.now() + 302_000)), 'timestamp'],
  ['with another body', () => new Request(signed(), { method: 'POST', body: `${body} ` }), 'signature'],
])('a request %s is refused', async (_, request, why) => {
  expect(await reason(verifyWebhook(request(), secret))).toBe(why)
})

/** A request whose body goes on for ever, as somebody sends it who has no secret; and how much of it was taken. */
function endless(headers: Record<string, string>) {
  const taken = { bytes: 0 }
  const body = new ReadableStream({
    pull(controller) {
      taken.bytes += 65_536
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  return { request: new Request('https://endpoint.example/', init), taken }
}

test('of a body no more is read than a request can have, and nothing where nothing signs it', async () => {
  const headers = Object.fromEntries(signed().headers)
  const large = endless(headers)
  expect(await reason(verifyWebhook(large.request, secret))).toBe('body')
  expect(large.taken.bytes).toBeLessThan(2_000_000)
  const unsigned = endless({ ...headers, 'webhook-signature': 'v1,AA== v1a,AA==' })
  expect(await reason(verifyWebhook(unsigned.request, secret))).toBe('signature')
  expect(unsigned.taken.bytes).toBeLessThan(200_000)
  const text = JSON.stringify({ ...event, data: { name: 'x'.repeat(1_000_000) } })
  expect(await verifyWebhook(saying(text), secret)).toMatchObject({ type: 'key.created' })
})

test('a request is verified a few times, however many signatures it brings', async () => {
  const verify = vi.spyOn(crypto.subtle, 'verify')
  const rubbish = (bytes: number) => `v1,${Buffer.alloc(bytes).toString('base64')} `.repeat(1_000)
  const bringing = (signatures: string) =>
    verifyWebhook(signed(secret, new Date(), { 'webhook-signature': signatures }), secret)
  const right = new Webhook(secret).sign('evt_1', new Date(), body)
  expect(await bringing(`${rubbish(1)}${right}`)).toMatchObject({ id: 'evt_1' })
  expect(verify).toHaveBeenCalledTimes(1)
  expect(await reason(bringing(`${rubbish(32)}${right}`))).toBe('signature')
  expect(verify).toHaveBeenCalledTimes(11)
  verify.mockRestore()
})

test('a tolerance that is no number lets nothing through', async () => {
  expect(await reason(verifyWebhook(signed(), secret, { tolerance: Number.NaN }))).toBe('timestamp')
})

test('a request that was read before is a mistake, and no refusal', async () => {
  const request = signed()
  await request.text()
  await expect(verifyWebhook(request, secret)).rejects.toThrow(TypeError)
})

test.each(['null', '[]', '{}', 'x', '', '{"type":1}', JSON.stringify(call)])(
  'a body %s that is signed and is no event is refused',
  async (content) => {
    expect(await reason(verifyWebhook(saying(content), secret))).toBe('body')
  },
)

test('an event’s type says what its data holds', async () => {
  const event = await verifyWebhook(signed(), secret)
  if (event.type === 'account.balance_low') expectTypeOf(event.data.threshold).toEqualTypeOf<number>()
  if (event.type === 'skill.executed') expectTypeOf(event.data.status).toEqualTypeOf<'succeeded' | 'failed'>()
  // @ts-expect-error not every event is of a key
  expect(event.data.keyId).toBe('4fQ9mZ7hLw2c')
  if (event.type !== 'key.created') throw new Error(event.type)
  expectTypeOf(event.data).toEqualTypeOf<{ keyId: string; name: string }>()
  // @ts-expect-error there is no such type
  expect(event.type === 'key.stolen').toBe(false)
})

test('the call of a skill is read, and nothing of it that the secret did not sign', async () => {
  const text = JSON.stringify(call)
  expect(await verifySkillCall(saying(text), secret)).toEqual(call)
  const { input } = await verifySkillCall<{ text: string }>(saying(text), [other, secret])
  expectTypeOf(input).toEqualTypeOf<{ text: string }>()
  expect(input.text).toBe('four')
  expect(await verifySkillCall(saying(JSON.stringify({ ...call, input: null })), secret)).toMatchObject({ input: null })

  expect(await reason(verifySkillCall(saying(text), other))).toBe('signature')
  expect(await reason(verifySkillCall(new Request(saying(text), { method: 'POST', body: `${text} ` }), secret))).toBe(
    'signature',
  )
  const hourAgo = new Date(Date.now() - 3_600_000)
  expect(await reason(verifySkillCall(signed(secret, hourAgo, {}, text), secret))).toBe('timestamp')
  expect(await verifySkillCall(signed(secret, hourAgo, {}, text), secret, { tolerance: 4_000 })).toEqual(call)
})

test.each(['null', '{}', body, JSON.stringify({ ...call, input: undefined })])(
  'a body %s that is signed and is no call of a skill is refused',
  async (content) => {
    expect(await reason(verifySkillCall(saying(content), secret))).toBe('body')
  },
)

test.each(['', 'sk_test_x', 'whsec_', 'whsec_!', 'whpk_AAAA'])('“%s” is no secret to verify by', async (text) => {
  await expect(verifyWebhook(signed(), text)).rejects.not.toBeInstanceOf(WebhookRefusedError)
})
