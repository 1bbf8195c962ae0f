import { createHash, randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { clientCreate } from '#lib/contract/oauth.ts'
import { apiResource } from '#lib/contract/oauth-resources.ts'
import { createClient } from '../../server/clients/clients.ts'
import { provider } from '../../server/oauth/provider.ts'
import { actFor } from '../../server/tenants/tenants.ts'
import { newOwner } from '../console-owner.ts'
import type { Asker } from './asker.ts'
import { until } from './clock-people.ts'

/** How a clock was set: where it is now, and by how much it was moved, in hours. */
export interface Set {
  hours: number
  moved: number
  name: string
}

/** Does something before a clock is set; what it resolves with asserts what has become of it after that. */
export type Thing = () => Promise<(set: Set) => Promise<void>>

interface Place {
  tenantId: string
  userId: string
  origin: string
  /** The server whose clock is right, and the one whose clock is set, with its address. */
  steady: Asker
  stepped: Asker
  steppedUrl: string
  /** What a key reads at the server whose clock is set. */
  read(path: string): Promise<{ data: { requestId: string }[]; nextCursor?: string | null }>
}

/** A user's grant to an app: its refresh tokens, and a code. */
export async function grantOf({ tenantId, userId, origin, steady, stepped }: Place): Promise<Thing> {
  const resource = apiResource(origin)
  const redirectUri = 'https://app.example/callback'
  const scopes = ['openid', 'offline_access', 'usage:read'] as const
  const wish = { name: 'App', type: 'public', redirectUris: [redirectUri], scopes: [...scopes] }
  const { clientId } = await createClient(await actFor(tenantId, 'live'), clientCreate.parse(wish))

  /** As the server would at the end of a consent. */
  async function granted() {
    const of = await provider()
    const client = await of.Client.find(clientId)
    if (!client) throw new Error('The app is gone.')
    const grant = new of.Grant({ accountId: userId, clientId })
    grant.addOIDCScope('openid offline_access')
    grant.addResourceScope(resource, 'usage:read')
    const grantId = await grant.save()
    const scope = scopes.join(' ')
    const authTime = Math.floor(Date.now() / 1000)
    const common = { accountId: userId, client, grantId, scope, resource, authTime, claims: {} }
    const verifier = randomUUID() + randomUUID()
    const code = new of.AuthorizationCode({
      ...{ ...common, gty: 'authorization_code', redirectUri, codeChallengeMethod: 'S256' },
      codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    } as never)
    const tokenFor = (expiresIn: number) =>
      new of.RefreshToken({
        ...{ ...common, gty: 'authorization_code', rotations: 0, iiat: authTime, expiresIn },
      } as never).save()
    return { code: await code.save(), verifier, long: await tokenFor(86_400), short: await tokenFor(1_800) }
  }
  const ask = (server: Asker, form: Record<string, string>) =>
    until(() => server.ask('POST', '/oauth/token', { form: { client_id: clientId, resource, ...form } }))
  const refresh = (server: Asker, token: string) => ask(server, { grant_type: 'refresh_token', refresh_token: token })
  async function refreshed(server: Asker, token: string, step: string): Promise<string> {
    const { status, body } = await refresh(server, token)
    expect([status, body.error], step).toEqual([200, undefined])
    return body.refresh_token
  }
  async function refused(server: Asker, token: string, step: string): Promise<void> {
    const { status, body } = await refresh(server, token)
    expect([status, body.error], step).toEqual([400, 'invalid_grant'])
  }

  return async () => {
    const { code, verifier, long, short } = await granted()
    const used = await refreshed(stepped, long, 'before')
    const current = await refreshed(stepped, used, 'before')
    return async ({ hours, name }) => {
      // What is not used goes on, wherever, and what ended within the step is over where it has.
      const next = await refreshed(stepped, current, name)
      const last = await refreshed(steady, next, name)
      if (hours > 0) await refused(stepped, short, name)
      await refreshed(steady, short, name)
      const redeemed = await ask(stepped, {
        ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
      })
      if (hours > 0) expect(redeemed.body.error, name).toBe('invalid_grant')
      else expect([200, 400], name).toContain(redeemed.status)
      // What was used before the clock was set is used again: that ends all of it.
      await refused(stepped, used, name)
      await refused(steady, last, name)
    }
  }
}

/** Devices without a browser: one whose user has allowed it, and one that waits for its user. */
export async function deviceOf({ tenantId, userId, origin, steady, stepped }: Place): Promise<Thing> {
  const resource = apiResource(origin)
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
  const wish = { name: 'Device', type: 'public', grants: [grantType], scopes: ['openid', 'usage:read'] }
  const { clientId } = await createClient(await actFor(tenantId, 'live'), clientCreate.parse(wish))
  const begin = () =>
    until(() =>
      stepped.ask('POST', '/oauth/device', {
        form: { client_id: clientId, scope: 'openid usage:read', resource },
      }),
    )
  async function told(server: Asker, code: string): Promise<string> {
    const form = { grant_type: grantType, client_id: clientId, device_code: code, resource }
    const { status, body } = await until(() => server.ask('POST', '/oauth/token', { form }))
    return status === 200 ? 'tokens' : String(body.error)
  }

  /** As the server would once the user has entered the code and consented. */
  async function allow(deviceCode: string): Promise<void> {
    const of = await provider()
    const [client, code] = [
      await of.Client.find(clientId),
      await of.DeviceCode.find(deviceCode, { ignoreExpiration: true }),
    ]
    if (!client || !code) throw new Error('The app or the code is gone.')
    const grant = new of.Grant({ accountId: userId, clientId })
    grant.addOIDCScope('openid')
    grant.addResourceScope(resource, 'usage:read')
    const authTime = Math.floor(Date.now() / 1000)
    const scope = 'openid usage:read'
    Object.assign(code, { accountId: userId, grantId: await grant.save(), authTime, claims: {}, scope, resource })
    await code.save()
  }

  return async () => {
    const [allowed, waiting] = [await begin(), await begin()]
    expect([allowed.status, waiting.status]).toEqual([200, 200])
    await allow(allowed.body.device_code)
    expect(await told(stepped, waiting.body.device_code)).toBe('authorization_pending')
    return async ({ moved, name }) => {
      // Ten minutes are over an hour later, and not before.
      const isOver = moved > 0
      expect(await told(stepped, waiting.body.device_code), name).toBe(
        isOver ? 'expired_token' : 'authorization_pending',
      )
      expect(await told(stepped, allowed.body.device_code), name).toBe(isOver ? 'expired_token' : 'tokens')
      // One time, and no second one by another clock.
      if (!isOver)
        expect(await told(steady, allowed.body.device_code), name).toMatch(/^(?:invalid_grant|expired_token)$/)
    }
  }
}

/** A member of the Console: a session, and a change that was confirmed. */
export async function sessionOf({ tenantId, origin, steppedUrl }: Place): Promise<Thing> {
  const { client, authenticator } = await newOwner(tenantId, steppedUrl, origin)
  /** The answer once there was time for it, or the code that it was refused with. */
  const done = (ask: () => Promise<unknown>) =>
    until(() =>
      ask().then(
        () => 'done',
        ({ code }) => (code === 'unavailable' ? undefined : String(code)),
      ),
    )
  return async () => {
    const label = { environment: 'live', label: `Invoice ${randomUUID().slice(0, 8)}` } as const
    const pay = () => client.account.addMethod(label, randomUUID())
    async function confirm() {
      const { ceremonyId, publicKey } = await client.confirm.begin('POST /account/payment-methods', label)
      await client.confirm.finish({ ceremonyId, credential: authenticator.get(publicKey) })
    }
    expect(await done(confirm)).toBe('done')
    return async ({ name }) => {
      expect(await done(() => client.session()), name).toBe('done')
      // It was fresh: now it is an hour old, or of an hour that is to come.
      expect(await done(pay), name).toBe('confirmation_required')
      expect(await done(confirm), name).toBe('done')
      expect(await done(pay), name).toBe('done')
    }
  }
}

/** A list of requests, of which a page was read. */
export async function logOf({ read }: Place): Promise<Thing> {
  const page = (cursor?: string | null) =>
    read(`/v1/logs?operation=skills.list&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
  /** The ids of all that there are, from behind a page on. */
  async function rest(cursor: string | null | undefined): Promise<string[]> {
    if (!cursor) return []
    const { data, nextCursor } = await page(cursor)
    return [...data.map(({ requestId }) => requestId), ...(await rest(nextCursor))]
  }
  const ids = async () => {
    const { data, nextCursor } = await page()
    return { first: data.map(({ requestId }) => requestId), nextCursor }
  }
  return async () => {
    const known = await ids()
    const before = [...known.first, ...(await rest(known.nextCursor))]
    for (let times = 0; times < 4; times++) await read('/v1/skills')
    // They are written a little later.
    await expect
      .poll(async () => {
        const { first, nextCursor } = await ids()
        return [...first, ...(await rest(nextCursor))].length
      })
      .toBe(before.length + 4)
    const { first, nextCursor } = await ids()
    const all = new Set([...first, ...(await rest(nextCursor))])
    return async ({ name }) => {
      await read('/v1/skills')
      const listed = [...first, ...(await rest(nextCursor))]
      expect(listed.length, name).toBe(new Set(listed).size)
      expect(
        [...all].filter((id) => !listed.includes(id)),
        name,
      ).toEqual([])
    }
  }
}
