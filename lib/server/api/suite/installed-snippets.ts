/** What is run in the empty project: the documented calls, as they stand there. It prints one line of JSON. */
export const snippets = `
import { createInterface } from 'node:readline/promises'
import { Client, NotFoundError } from '@webauthn-playground/sdk'
import { oauth } from '@webauthn-playground/sdk/oauth'
import { memoryShares } from '@webauthn-playground/sdk/mpc'
import { verifyToken } from '@webauthn-playground/sdk/tokens'
import { verifyWebhook } from '@webauthn-playground/sdk/webhooks'

const { env } = process
const answers = {}

const client = new Client()
answers.tenant = (await client.tenant()).key.id

const admin = new Client({ apiKey: env.PLAYGROUND_API_KEY })
const { id, secret } = await admin.keys.create({ name: 'Production, rotated', scopes: ['skills:list', 'account:read'] })
answers.made = [typeof id, /^sk_test_/.test(secret)]
const updated = await admin.keys.update(id, { allowedIps: ['203.0.113.10', '203.0.113.0/24'] })
answers.allowedIps = updated.allowedIps
answers.revoked = (await admin.keys.revoke(id)).status
answers.ended = await new Client({ apiKey: secret }).tenant().catch((error) => error.name)

const run = await client.skills.execute({
  skill_id: 'text-summarizer',
  input: { text: 'Passkeys replace passwords. They are made on a device. A server keeps the public key alone.' },
})
answers.executed = [typeof run.id, run.skillId, typeof run.output.summary]

answers.keys = 0
for await (const _ of admin.keys.list({ limit: 1 })) answers.keys++
try {
  await admin.keys.read('key_none')
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error
  answers.refused = [error.name, error.code, error.status]
}

const clientId = env.CLIENT_ID
const clientSecret = env.CLIENT_SECRET
const redirectUri = env.REDIRECT_URI
const { url } = await oauth.authorizationUrl({ clientId, redirectUri, scope: 'openid offline_access usage:read account:read' })
console.log('GO ' + url)
const [back] = await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next().then(({ value }) => [value])
const code = new URLSearchParams(back).get('code')
const { accessToken, refreshToken, tokenType } = await oauth.exchangeCode({ code, redirectUri, clientId, clientSecret })
answers.tokenType = tokenType
answers.asApp = (await new Client({ accessToken }).tenant()).key
const again = await oauth.refreshToken({ refreshToken, clientId, clientSecret })
answers.refreshed = again.accessToken !== accessToken

const claims = await verifyToken(env.USER_TOKEN, { issuer: env.PLAYGROUND_BASE_URL, audience: 'mpc-server:test' })
answers.verified = claims.preferred_username

const headers = {
  'webhook-id': 'evt_1',
  'webhook-timestamp': env.WEBHOOK_TIMESTAMP,
  'webhook-signature': env.WEBHOOK_SIGNATURE,
}
const request = new Request('https://endpoint.example/', { method: 'POST', headers, body: env.WEBHOOK_BODY })
answers.event = await verifyWebhook(request, env.WEBHOOK_SECRET).then(({ type }) => type, ({ reason }) => reason)

answers.mpc = typeof memoryShares
console.log(JSON.stringify(answers))
process.exit(0)
`

/** What is type-checked there. */
export const typed = `
import { ApiError, Client, RateLimitedError, type Scope } from '@webauthn-playground/sdk'
import { memoryShares, MpcError } from '@webauthn-playground/sdk/mpc'
import { createOAuth, type TokenAnswer } from '@webauthn-playground/sdk/oauth'
import { type TokenClaims, verifyToken } from '@webauthn-playground/sdk/tokens'
import { verifySkillCall, verifyWebhook } from '@webauthn-playground/sdk/webhooks'

const client = new Client({ maxRetries: 3, onRetry: ({ path, milliseconds }) => void [path, milliseconds] })
const scopes: Scope[] = ['usage:read']
const { id, secret } = await client.keys.create({ name: 'CI', scopes })
const text: string = id
// @ts-expect-error it may be missing, where the first answer was lost
const certain: string = secret
// @ts-expect-error there is no such scope
await client.keys.create({ name: 'CI', scopes: ['everything'] })
for await (const { name, status } of client.keys.list()) {
  const known: 'active' | 'expired' | 'revoked' = status
  void [name, known]
}
const { data, nextCursor } = await client.keys.list({ limit: 2 })
const cursor: string | null = nextCursor
try {
  await client.tenant()
} catch (error) {
  if (error instanceof RateLimitedError) {
    const code: 'rate_limited' = error.code
    const seconds: number | undefined = error.retryAfter
    void [code, seconds]
  } else if (error instanceof ApiError && error.code === 'insufficient_scope') void error.problem.detail
  // @ts-expect-error no refusal has this code
  else if (error instanceof ApiError && error.code === 'out_of_moons') void 0
}
const tokens: TokenAnswer = await createOAuth().refreshToken({ refreshToken: 'x', clientId: 'y' })
const claims: TokenClaims = await verifyToken('jwt', { issuer: 'https://a.example', audience: 'mpc-server' })
const tenant: string = claims.providerTenantId
const event = await verifyWebhook(new Request('https://a.example'), 'whsec_x')
if (event.type === 'key.rotated') {
  const predecessorId: string = event.data.predecessorId
  void predecessorId
  // @ts-expect-error a key's event tells of no balance
} else if (event.type === 'key.created') void event.data.balance
const call = await verifySkillCall<{ text: string }>(new Request('https://a.example'), 'whsec_x')
const caller: string = call.tenant.name + call.runId + call.input.text
const mpc = client.mpc({ token: 'jwt', shares: memoryShares() })
const signed = await mpc.sign('mpk_1', 'hello').catch((error) => (error instanceof MpcError ? undefined : error))
void [text, certain, data, cursor, tokens, tenant, caller, signed]
`
