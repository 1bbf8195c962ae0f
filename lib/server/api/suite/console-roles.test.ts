import { beforeAll, describe, expect, test } from 'vitest'
import { mayAs, type Role, roleNames } from '#lib/contract/roles.ts'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { type Actor, operator } from '../../caller.ts'
import { invite } from '../../console/invitations.ts'
import { consoleApi } from '../console/app.ts'
import { admits } from '../console/context.ts'
import { asOwner, Browser, newConsole, tokenOf } from './console-harness.ts'
import { baseUrl, refusal, refusedWith } from './harness.ts'

type NewKey = Parameters<ConsoleClient['keys']['create']>[0]
type NewClient = Parameters<ConsoleClient['clients']['create']>[0]
type Console = Awaited<ReturnType<typeof newConsole>>

/** Somebody with a role, signed in. */
async function withRole({ tenant }: Console, role: Role, name: string = role): Promise<Browser> {
  const browser = new Browser()
  browser.confirms = true
  await browser.join((await invite(tenant.id, operator, { invitee: name, role })).link, name)
  return browser
}

/** What takes the least away from the next one. */
const order = ['GET', 'PATCH', 'POST', 'DELETE']

/** What each route takes, in its body or its query; those that are not here take nothing. */
const said: Record<string, object> = {
  'GET /find': { q: 'ada', environment: 'test' },
  'GET /mpc-keys/:id': { environment: 'test' },
  'POST /join/accept': { token: 'x' },
  'POST /session/tenant': { tenantId: 'tnt_00000000000000' },
  'POST /confirm/begin': { change: 'POST /keys', body: {} },
  'POST /keys': { name: 'Key', type: 'test', scopes: ['usage:read'] },
  'PATCH /keys/:id': { name: 'Key 2' },
  'POST /keys/:id/allowlist/test': { ip: '203.0.113.9' },
  'PATCH /users/:id/passkeys/:passkey': { name: 'Phone' },
  'POST /oauth-clients': {
    ...{ name: 'App 2', environment: 'test', type: 'confidential', scopes: ['openid'] },
    ...{ redirectUris: ['https://app.example/back'], grants: ['authorization_code'] },
  },
  'PATCH /oauth-clients/:id': { name: 'App 3' },
  'PATCH /sign-up': { signUp: false },
  'POST /webhooks': { environment: 'test', url: 'https://hook.example/too', events: ['user.created'] },
  'PATCH /webhooks/:id': { description: 'Ledger' },
  'POST /webhooks/:id/test': { type: 'user.created' },
  'POST /webhooks/:id/recover': { since: new Date().toISOString() },
  'POST /mpc-keys/:id/freeze': { environment: 'test' },
  'POST /mpc-keys/:id/unfreeze': { environment: 'test' },
  'POST /skills/:environment': {
    ...{ id: 'translate', name: 'Translate', url: 'https://skill.example/' },
    ...{ inputSchema: { type: 'object' }, outputSchema: { type: 'object' } },
  },
  'PATCH /skills/:environment/:id': { name: 'Translate 2' },
  'POST /skills/:environment/:id/request': { input: {} },
  'POST /skills/:environment/:id/try': { input: {} },
  'PATCH /account': { environment: 'test', balanceAlert: { amount: 500 } },
  'POST /account/payment-methods': { environment: 'live', label: 'Invoice, net 30' },
  'POST /account/payment-methods/:id/remove': { environment: 'live' },
  'POST /account/funds': { environment: 'test', amount: 500, paymentMethodId: 'pm_card_ok' },
  'PATCH /members/:id': { role: 'viewer' },
  'POST /invitations': { invitee: 'Cleo', role: 'viewer' },
  'PATCH /passkeys/:id': { name: 'Phone' },
  'PATCH /relying-party': { name: 'Acme' },
  'PATCH /branding': { name: 'Acme' },
  'PATCH /attestation': { policy: 'none' },
  'POST /trust-anchors': { name: 'Root', certificate: 'x' },
}

/** Those that take the answer to a challenge. */
const answers = ['POST /confirm/finish', 'POST /passkeys/finish']

describe('of every route of the Console', () => {
  const routes = consoleApi.routes
    .map(({ method, path, handler }) => ({ method, path, least: admits(handler) }))
    .filter((route): route is typeof route & { least: Role } => route.least !== undefined && route.least !== 'none')
  let console: Console
  let ids: Record<string, string>
  const browsers = {} as Record<Role, Browser>

  beforeAll(async () => {
    console = await newConsole({ confirms: true })
    const { client } = console
    const key = await client.keys.create({ name: 'Key', type: 'test', scopes: ['usage:read'] })
    const app = await client.clients.create({
      ...{ name: 'App', environment: 'test', type: 'confidential', scopes: ['openid'] },
      ...{ redirectUris: ['https://app.example/back'], grants: ['authorization_code'] },
    })
    const webhook = await client.webhooks.create({
      environment: 'test',
      url: 'https://hook.example/',
      events: ['user.created'],
    })
    ids = { keys: key.id, 'oauth-clients': app.clientId, webhooks: webhook.id, members: console.session.member.id }
    for (const role of roleNames) browsers[role] = await withRole(console, role)
  })

  /** What the route is asked, of things that are there where it names some, in a way that it takes. */
  async function ask(browser: Browser, { method, path }: { method: string; path: string }) {
    if (!browser.cookie) await browser.signIn()
    const url = path
      .replace(/^\/([\w-]+)\/:id/, (_, kind) => `/${kind}/${ids[kind] ?? 'x_00000000000000'}`)
      .replace(':environment', 'test')
      .replace(':tenantId', console.tenant.id)
      .replace(/:\w+/g, 'x_00000000000000')
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
    const here = said[`${method} ${path}`] ?? {}
    const [query, body] =
      method === 'GET' ? [`?${new URLSearchParams({ ...here })}`, {}] : ['', { body: JSON.stringify(here), headers }]
    // Whoever is let in by their role is asked for an assertion next; nothing is to be changed here.
    browser.confirms = false
    const response = await browser.fetch(`${baseUrl}/console/api${url}${query}`, { method, ...body })
    browser.confirms = true
    const text = await response.text()
    return { status: response.status, problem: response.ok ? undefined : JSON.parse(text) }
  }

  for (const least of roleNames) {
    const these = routes.filter((route) => route.least === least)
    const refused = roleNames.filter((role) => !mayAs(role, least))
    for (const role of refused) {
      test.each(these)(`a ${role} is refused $method $path, which changes nothing`, async (route) => {
        const before = (await console.client.audit({ limit: 1 })).data[0]?.id
        const { status, problem } = await ask(browsers[role], route)
        expect([status, problem?.code, problem?.role]).toEqual([403, 'role_required', least])
        expect((await console.client.audit({ limit: 1 })).data[0]?.id).toBe(before)
      })
    }
    // What takes nothing away from the next one comes first.
    const gentleFirst = these.toSorted((one, other) => order.indexOf(one.method) - order.indexOf(other.method))
    test.each(gentleFirst)(`a ${least} may ask $method $path`, async (route) => {
      const { status, problem } = await ask(browsers[least], route)
      const isAnswer = answers.includes(`${route.method} ${route.path}`)
      // Whoever may is not refused for what they say: it is their role alone that the others are refused for.
      const wrong = ['role_required', 'unsupported_media_type', ...(isAnswer ? [] : ['invalid_request'])]
      expect(wrong).not.toContain(problem?.code)
      expect(status).not.toBe(401)
      // No MPC server is set up here.
      if (problem?.code !== 'unavailable') expect(status).toBeLessThan(500)
    })
  }
})

test('who is made less is refused from the next request on, and who is made more may', async () => {
  const console = await newConsole({ confirms: true })
  const bob = await withRole(console, 'developer', 'Bob')
  const { member } = await bob.client.session()
  const make = () => bob.client.keys.create({ name: 'Key', type: 'test', scopes: ['usage:read'] })
  await make()
  await console.client.members.changeRole(member.id, 'viewer')
  expect(await refusedWith(make())).toEqual([403, 'role_required'])
  expect((await bob.client.keys.list('test')).data).toHaveLength(1)
  expect((await bob.client.session()).member.role).toBe('viewer')
  await console.client.members.changeRole(member.id, 'owner')
  await make()
  const [event] = (await console.client.audit({ action: 'member.role_changed' })).data
  expect(event).toMatchObject({ target: { name: 'Bob' }, before: { role: 'Viewer' }, after: { role: 'Owner' } })
})

test('a demoted owner’s invitations go with it', async () => {
  const console = await newConsole({ confirms: true })
  const bob = await withRole(console, 'owner', 'Bob')
  const { link } = await bob.client.members.invite(asOwner)
  await console.client.members.changeRole((await bob.client.session()).member.id, 'developer')
  expect(await refusedWith(new Browser().join(link, 'Cleo'))).toEqual([404, 'invitation_invalid'])
})

test('an invitation that is under way while its owner is demoted lets nobody in, neither made nor taken up', async () => {
  const console = await newConsole({ confirms: true })
  const bob = await withRole(console, 'owner', 'Bob')
  const { member } = await bob.client.session()
  const actor: Actor = { type: 'member', id: member.id, name: 'Bob', address: null, requestId: 'req_1' }
  const open = async () => (await console.client.members.list()).invitations.length
  const asBob = () => invite(console.tenant.id, actor, { invitee: 'Cleo', role: 'viewer' })
  const { link } = await asBob()
  expect(await open()).toBe(1)
  const cleo = new Browser()
  const { ceremonyId, publicKey } = await cleo.client.join.begin(tokenOf(link), 'Cleo')
  await console.client.members.changeRole(member.id, 'developer')
  // Past the check of his role by then.
  await expect(asBob()).rejects.toMatchObject({ code: 'role_required' })
  expect(await open()).toBe(0)
  const joined = cleo.client.join.finish(tokenOf(link), {
    ceremonyId,
    credential: cleo.authenticator.create(publicKey),
  })
  expect(await refusedWith(joined)).toEqual([404, 'invitation_invalid'])
  expect((await console.client.members.list()).members.map(({ name }) => name)).not.toContain('Cleo')
})

test('one owner stays: of two who demote or remove each other at once, one is refused', async () => {
  const console = await newConsole({ confirms: true })
  const bob = await withRole(console, 'owner', 'Bob')
  const [ada, other] = [console.session.member.id, (await bob.client.session()).member.id]
  const outcomes = await Promise.allSettled([
    console.client.members.changeRole(other, 'viewer'),
    bob.client.members.changeRole(ada, 'viewer'),
  ])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const [still] = outcomes[0]?.status === 'fulfilled' ? [console] : [bob]
  const { members } = await still.client.members.list()
  const [owner] = members.filter(({ role }) => role === 'owner')
  expect(members.map(({ role }) => role).sort()).toEqual(['owner', 'viewer'])
  for (const change of [
    () => still.client.members.changeRole(owner?.id ?? '', 'developer'),
    () => still.client.members.remove(owner?.id ?? ''),
  ]) {
    expect((await refusal(change())).detail).toBe('This is the only owner: make somebody else one first.')
  }
  expect((await still.client.members.list()).members).toEqual(members)
})

test('a developer gives nobody what moves money, by a key or a client; an owner does', async () => {
  const console = await newConsole({ confirms: true })
  const dev = await withRole(console, 'developer')
  const key: NewKey = { name: 'Key', type: 'test', scopes: ['account:read', 'account:write'] }
  const app: NewClient = {
    ...{ name: 'App', environment: 'test', type: 'confidential', redirectUris: [] },
    ...{ scopes: ['account:write'], grants: ['client_credentials'] },
  }
  expect(await refusedWith(dev.client.keys.create(key))).toEqual([403, 'role_required'])
  expect(await refusedWith(dev.client.clients.create(app))).toEqual([403, 'role_required'])
  const made = await console.client.keys.create(key)
  const { clientId } = await console.client.clients.create(app)
  expect(await refusedWith(dev.client.keys.rotate(made.id, {}))).toEqual([403, 'role_required'])
  expect(await refusedWith(dev.client.clients.addSecret(clientId))).toEqual([403, 'role_required'])
  expect((await dev.client.keys.list('test')).data).toHaveLength(1)
  // What takes away they may.
  expect((await dev.client.keys.revoke(made.id)).status).toBe('revoked')
})
