import { expect, test } from 'vitest'
import { OAuthError } from '#lib/sdk/oauth-error.ts'
import type { AttackedApp } from './attacked-app.ts'
import type { OAuthFault } from './oauth-fault.ts'
import { graceOver, oauthFaults } from './oauth-faults.ts'
import { judged, tryOAuthFault, untouchedFlow } from './try-oauth-fault.ts'

const baseUrl = 'https://auth.example'
const redirectUri = 'https://app.example/callback'
const faultOf = (id: string) => oauthFaults.find((fault) => fault.id === id) as OAuthFault

/** What a server may fail to look at; each is what one fault is about. */
type Blind = Partial<Record<'redirect' | 'state' | 'verifier' | 'client' | 'use' | 'line' | 'grace', true>>

/** A little authorization server and its app, which look at everything but what they are told to overlook. */
function world(blind: Blind = {}, more: Partial<AttackedApp> = {}) {
  const codes = new Map<string, { verifier: string; used: boolean }>()
  const lines: { tokens: string[]; usedAt: number[]; dead: boolean }[] = []
  const verifiers = new Map<string, string>()
  let [made, now] = [0, 0]
  const fresh = (name: string) => `${name}-${++made}`
  const line = () => {
    const tokens = [fresh('refresh')]
    lines.push({ tokens, usedAt: [], dead: false })
    return { status: 200, body: { access_token: 'at', refresh_token: tokens[0] } }
  }
  const no = (error: string, status = 400) => ({ status, body: { error, error_description: 'no' } })

  function redeem(form: URLSearchParams) {
    const code = codes.get(form.get('code') ?? '')
    if (!code) return no('invalid_grant')
    if (!blind.client && form.get('client_id') !== 'app') return no('invalid_grant')
    if (!blind.verifier && form.get('code_verifier') !== code.verifier) return no('invalid_grant')
    if (!blind.redirect && form.get('redirect_uri') !== redirectUri) return no('invalid_grant')
    if (code.used && !blind.use) {
      for (const one of lines) one.dead = true
      return no('invalid_grant')
    }
    code.used = true
    return line()
  }

  function refresh(token: string) {
    const mine = lines.find(({ tokens }) => tokens.includes(token))
    const at = mine?.tokens.indexOf(token) ?? -1
    if (!mine || mine.dead) return no('invalid_grant')
    const usedAt = mine.usedAt[at]
    if (usedAt !== undefined && !blind.line && now - usedAt > 10_000) {
      mine.dead = true
      return no('invalid_grant')
    }
    mine.usedAt[at] ??= now
    if (blind.grace || !mine.tokens[at + 1]) mine.tokens[at + 1] = fresh('refresh')
    return { status: 200, body: { access_token: 'at', refresh_token: mine.tokens[at + 1] } }
  }

  const sent: URLSearchParams[] = []
  const app: AttackedApp = {
    ...{ baseUrl, clientId: 'app', otherClientId: 'other', redirectUri },
    oauth: {
      async authorizationUrl(request) {
        const [state, codeVerifier] = [fresh('state'), fresh('verifier')]
        verifiers.set(state, codeVerifier)
        const query = new URLSearchParams({ state, redirect_uri: request.redirectUri })
        return { url: `${baseUrl}/oauth/authorize?${query}`, state, codeVerifier }
      },
      async readCallback(parameters, { state }) {
        const search = new URLSearchParams(parameters)
        if (search.has('error')) throw new OAuthError(String(search.get('error')))
        if (!blind.state && search.get('state') !== state) throw new OAuthError('invalid_response', 'unexpected state')
        return { code: String(search.get('code')), state, iss: baseUrl }
      },
    },
    async visit(url) {
      const { searchParams } = new URL(url)
      const to = searchParams.get('redirect_uri')
      if (to !== redirectUri && !blind.redirect)
        return { url, status: 400, text: '<h1>May not</h1><code>invalid_redirect_uri</code>' }
      const state = String(searchParams.get('state'))
      const code = fresh('code')
      codes.set(code, { verifier: String(verifiers.get(state)), used: false })
      return { url: `${to}?${new URLSearchParams({ code, state })}`, status: 200, text: '' }
    },
    async fetch(url, init) {
      const form = init?.body as URLSearchParams
      sent.push(form)
      if (String(url).endsWith('/revoke')) return new Response(null)
      const again = form.get('refresh_token')
      const { status, body } = again === null ? redeem(form) : refresh(again)
      return Response.json(body, { status })
    },
    wait: async (milliseconds) => {
      now += milliseconds
    },
    ...more,
  }
  return { app, sent }
}

test('a server and an app that look at everything catch each fault by what must refuse it', async () => {
  for (const fault of oauthFaults) {
    const result = await tryOAuthFault(fault, world().app)
    expect([fault.id, result.verdict, result.by.join(', ')]).toEqual([fault.id, 'caught', fault.refusedBy])
    expect(result.reason).toBeUndefined()
  }
})

test.for<[keyof Blind, string]>([
  ['redirect', 'redirect-one-letter-more'],
  ['state', 'wrong-state'],
  ['verifier', 'wrong-verifier'],
  ['client', 'another-clients-code'],
  ['use', 'code-reused'],
  ['line', 'old-refresh-token'],
  ['grace', 'old-refresh-token'],
])('one that overlooks %s has a hole, and there alone', async ([overlooked, id]) => {
  const verdicts: Record<string, string> = {}
  for (const fault of oauthFaults)
    verdicts[fault.id] = (await tryOAuthFault(fault, world({ [overlooked]: true }).app)).verdict
  const holes = Object.keys(verdicts).filter((each) => verdicts[each] === 'hole')
  expect(holes).toEqual([id])
})

test('a refusal for another reason is not the one, and one that hits what is honest, too, shows nothing', async () => {
  const { app } = world()
  const other: AttackedApp = {
    ...app,
    fetch: async (...request) => {
      const answer = await app.fetch(...request)
      return answer.ok ? answer : Response.json({ error: 'invalid_request' }, { status: 400 })
    },
  }
  const elsewhere = await tryOAuthFault(faultOf('wrong-verifier'), other)
  expect(elsewhere).toMatchObject({ verdict: 'elsewhere', by: ['invalid_request'], status: 400 })

  const refusing = { ...app, fetch: async () => Response.json({ error: 'invalid_grant' }, { status: 400 }) }
  for (const fault of oauthFaults.filter(({ id }) => id !== 'wrong-state')) {
    const { verdict, reason } = await tryOAuthFault(fault, refusing)
    expect([verdict, reason]).toEqual(['untried', expect.stringMatching(/refused, too .*400 invalid_grant/)])
  }
  await expect(untouchedFlow(refusing)).rejects.toThrow(/The untouched flow.*400 invalid_grant/)
})

test('a server that is busy, or wants to see the person, has refused nothing', async () => {
  const { app } = world()
  const busy = { ...app, fetch: async () => Response.json({}, { status: 503 }) }
  const result = await tryOAuthFault(faultOf('wrong-verifier'), busy)
  expect(result).toMatchObject({ verdict: 'untried', reason: 'The server could not answer: 503. Try it again.' })
  expect(result.needsPerson).toBeUndefined()

  const visit = async () => ({ url: `${redirectUri}?error=login_required`, status: 200, text: '' })
  expect(await tryOAuthFault(faultOf('code-reused'), { ...app, visit })).toMatchObject({
    verdict: 'untried',
    needsPerson: true,
  })
})

test('the person is asked for the first code alone, and what the flows got is given back', async () => {
  const { app, sent } = world()
  let asked = 0
  await untouchedFlow(app, async (url) => {
    asked++
    return new URL((await app.visit(url)).url).search
  })
  for (const fault of oauthFaults) await tryOAuthFault(fault, app)
  expect(asked).toBe(1)
  expect(sent.filter((form) => form.has('token'))).toHaveLength(oauthFaults.length + 1)
})

test('what is written down of an attempt has names in place of its secrets', async () => {
  const { app, sent } = world()
  const results = []
  for (const fault of oauthFaults) results.push(await tryOAuthFault(fault, app))
  const written = JSON.stringify(results)
  const secrets = ['code', 'code_verifier', 'refresh_token', 'token']
  const values = sent.flatMap((form) => secrets.flatMap((name) => form.get(name) ?? []))
  expect(values.length).toBeGreaterThan(15)
  for (const value of values) expect(written).not.toContain(`"${value}"`)
  expect(written).toContain('["code","$CODE"]')
  expect(written).toContain('["code_verifier","$OTHER_CODE_VERIFIER"]')
  expect(written).toContain('["refresh_token","$REFRESH_TOKEN_2"]')
})

test('of nothing that was attacked nothing is said, and what must refuse a fault has words and a place', () => {
  expect(judged([{ part: 'honest', words: 'x', accepted: true }])).toEqual({ verdict: 'untried', by: [] })
  expect(graceOver).toBeGreaterThan(10_000)
  expect(new Set(oauthFaults.map(({ id }) => id)).size).toBe(6)
  for (const { attack, where, otherwise, spec, change } of oauthFaults) {
    for (const words of [attack, where, otherwise]) expect(words).toMatch(/[^.]\.$/)
    expect(spec.name).toMatch(/^RFC \d+ §[\d.]+$/)
    const { was, is } = change({ clientId: 'a', otherClientId: 'b', redirectUri })
    expect(was).not.toBe(is)
  }
})
