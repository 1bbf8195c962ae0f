import { expect, test } from 'vitest'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { exportPath } from '#lib/sdk/console.ts'
import { asOwner, newConsole } from './console-harness.ts'
import { baseUrl, clientOf, newTenant, refusedWith } from './harness.ts'

test('the audit log tells of a key’s whole life: who, from where, in which request, before and after', async () => {
  const { client, session } = await newConsole({ confirms: true })
  const { id, secret = '' } = await client.keys.create({
    name: 'CI',
    type: 'test',
    scopes: ['usage:read', 'keys:manage'],
  })
  await client.keys.update(id, { name: 'CI 2' })
  await clientOf(secret).keys.update(id, { scopes: ['keys:manage'] })
  const successor = await client.keys.rotate(id, { overlapSeconds: 0 })
  await client.keys.revoke(successor.id)
  const { data } = await client.audit()
  expect(data.map(({ action, actor, target }) => [action, actor.type, target.id])).toEqual([
    ['key.revoked', 'member', successor.id],
    ['key.rotated', 'member', successor.id],
    ['key.updated', 'key', id],
    ['key.updated', 'member', id],
    ['key.created', 'member', id],
    ['session.began', 'member', expect.any(String)],
    ['member.joined', 'member', session.member.id],
    ['member.invited', 'operator', expect.any(String)],
    ['tenant.created', 'operator', session.tenant.id],
  ])
  const [, , byKey, byMember, created] = data as [AuditEvent, AuditEvent, AuditEvent, AuditEvent, AuditEvent]
  expect(byKey).toMatchObject({ actor: { id, name: 'CI 2' }, environment: 'test' })
  expect([byKey.before?.scopes, byKey.after?.scopes]).toEqual([['keys:manage', 'usage:read'], ['keys:manage']])
  expect([byMember.before?.name, byMember.after?.name]).toEqual(['CI', 'CI 2'])
  expect(created).toMatchObject({ before: null, after: { name: 'CI' }, actor: { name: 'Ada' } })
  expect(created.requestId).toMatch(/^[0-9a-f-]{36}$/)
  for (const text of [secret.slice(21, 64), successor.secret?.slice(21, 64) ?? '-']) {
    expect(JSON.stringify(data)).not.toContain(text)
  }
})

test('what was refused is no change, and the log has nothing of it', async () => {
  const { client } = await newConsole()
  const { data } = await client.audit()
  await refusedWith(client.keys.create({ name: ' ', type: 'test', scopes: ['usage:read'] }))
  await refusedWith(client.keys.create({ name: 'x', type: 'live', scopes: ['usage:read'] }))
  await refusedWith(client.keys.revoke('aaaaaaaaaaaa'))
  await refusedWith(client.relyingParty.update({ id: 'NO' }))
  expect((await client.audit()).data).toEqual(data)
  await client.keys.create({ name: 'x', type: 'test', scopes: ['usage:read'] })
  expect((await client.audit()).data).toHaveLength(data.length + 1)
})

test('the log is read in pages, and filtered', async () => {
  const { client } = await newConsole({ confirms: true })
  for (const name of ['One', 'Two', 'Three']) await client.keys.create({ name, type: 'test', scopes: ['usage:read'] })
  const all = (await client.audit()).data
  const first = await client.audit({ limit: 2 })
  const second = await client.audit({ limit: 100, ...(first.nextCursor ? { cursor: first.nextCursor } : {}) })
  expect([...first.data, ...second.data]).toEqual(all)
  expect(second.nextCursor).toBeNull()
  const names = async (query: Parameters<typeof client.audit>[0]) =>
    (await client.audit(query)).data.map(({ target }) => target.name)
  expect(await names({ action: 'key.created' })).toEqual(['Three', 'Two', 'One'])
  expect(await names({ q: 'Two' })).toEqual(['Two'])
  expect(await names({ q: '%' })).toEqual([])
  expect(await names({ environment: 'live' })).toEqual([])
  expect(await names({ environment: 'test', q: 'Ada' })).toEqual(['Three', 'Two', 'One'])
  expect(await names({ to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([])
  const wrong = [
    { action: 'moon.landed' as 'key.created' },
    { from: '9999-12-31T23:59:59-12:00' },
    { to: '0000-12-31' },
  ]
  for (const query of wrong) expect(await refusedWith(client.audit(query))).toEqual([400, 'invalid_request'])
  expect(await refusedWith(client.usage({ to: '9999-12-31T23:59:59-12:00' }))).toEqual([400, 'invalid_request'])
})

test('a tenant’s log and figures are its own', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  const { secret = '' } = await one.client.keys.create({ name: 'Secret plan', type: 'test', scopes: ['usage:read'] })
  await clientOf(secret).usage()
  expect(JSON.stringify(await other.client.audit({ q: 'Secret plan' }))).not.toContain('Secret')
  expect((await other.client.usage({})).totals).toEqual({ requests: 0, errors: 0 })
  expect((await one.client.usage({})).totals).toEqual({ requests: 1, errors: 0 })
  expect((await one.client.usage({ environment: 'live' })).totals).toEqual({ requests: 0, errors: 0 })
})

test('usage and audit go home as files, with no formula in them', async () => {
  const { client, browser, tenant } = await newConsole({ confirms: true })
  const { secret = '' } = await client.keys.create({ name: '=1+1', type: 'test', scopes: ['usage:read'] })
  await clientOf(secret).usage()
  const file = async (path: string) => {
    const answer = await browser.fetch(`${baseUrl}/console/api/of/${tenant.id}/${path}`)
    return {
      type: answer.headers.get('content-type'),
      disposition: answer.headers.get('content-disposition'),
      text: await answer.text(),
    }
  }
  const usage = await file('usage.csv?environment=test&groupBy=operation')
  expect(usage.type).toMatch(/^text\/csv/)
  expect(usage.disposition).toBe('attachment; filename="usage-test-by-operation.csv"')
  expect(usage.text.split('\r\n')).toEqual([
    'operation,requests,errors,passkey.registered,passkey.authenticated,token.issued,mpc.key_generated,mpc.signed',
    'usage.read,1,0,0,0,0,0,0',
    '',
  ])
  const audit = await file('audit.csv?action=key.created')
  expect(audit.text).toContain("'=1+1")
  expect(audit.text).not.toMatch(/(?:^|,)"?=1/m)
  expect(JSON.parse((await file('audit.json?action=key.created')).text)).toHaveLength(1)
  const stranger = await newTenant()
  const headers = { Authorization: `Bearer ${stranger.key.secret}` }
  expect((await fetchAs(headers, `of/${stranger.tenant.id}/audit.csv`)).status).toBe(401)
})

test('a link of a page that shows one tenant takes home nothing of another that the session is in by then', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  await one.browser.joinToo((await other.client.members.invite(asOwner)).link, 'Ada 2')
  const files = ['usage.csv', 'audit.csv', 'audit.json', 'account/transactions.csv'] as const
  const statuses = (tenantId: string) =>
    Promise.all(files.map(async (file) => (await one.browser.fetch(baseUrl + exportPath(tenantId, file, {}))).status))
  await one.client.tenants.enter(one.tenant.id)
  expect(await statuses(one.tenant.id)).toEqual([200, 200, 200, 200])
  expect(await statuses(other.tenant.id)).toEqual([401, 401, 401, 401])
  await one.client.tenants.enter(other.tenant.id)
  expect(await statuses(one.tenant.id)).toEqual([401, 401, 401, 401])
  expect(await statuses(other.tenant.id)).toEqual([200, 200, 200, 200])
})

async function fetchAs(headers: Record<string, string>, path: string) {
  const { request } = await import('./harness.ts')
  return request(`${baseUrl}/console/api/${path}`, { headers })
}
