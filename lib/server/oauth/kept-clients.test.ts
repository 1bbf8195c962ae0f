import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { api } from '../api/app.ts'
import type { Caller } from '../caller.ts'
import { createClient, deleteClient, updateClient } from '../clients/clients.ts'
import { addSecret, removeSecret } from '../clients/secrets.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { hashToken } from '../secret-token.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'

// On PostgreSQL, too.

let caller: Caller
beforeAll(async () => {
  const { id } = await createTenant({ name: 'Shop', slug: 'shop' })
  caller = await actFor(id, 'live')
})
afterEach(() => void vi.restoreAllMocks())

test('what this process changes of a client holds at the token endpoint at once', async () => {
  const { clientId, clientSecret = '', secrets } = await service()
  expect(await ask(clientId, clientSecret)).toMatchObject({ scope: 'usage:read' })
  const next = await addSecret(caller, clientId)
  expect(await ask(clientId, next.clientSecret)).toMatchObject({ scope: 'usage:read' })
  await removeSecret(caller, clientId, secrets[0]?.id ?? '')
  expect(await ask(clientId, clientSecret)).toMatchObject({ error: 'invalid_client' })
  expect(await ask(clientId, next.clientSecret)).toMatchObject({ scope: 'usage:read' })
  await updateClient(caller, clientId, { scopes: ['usage:read', 'skills:list'] })
  expect(await ask(clientId, next.clientSecret)).toMatchObject({ scope: expect.stringContaining('skills:list') })
  await deleteClient(caller, clientId)
  expect(await ask(clientId, next.clientSecret)).toMatchObject({ error: 'invalid_client' })
})

test('what another process takes from a client holds after five seconds, and a secret that it gives at once', async () => {
  const { clientId, clientSecret = '' } = await service()
  await ask(clientId, clientSecret)
  const { oAuthClientSecret } = await database()
  const at = Date.now()
  const now = vi.spyOn(clock, 'now').mockReturnValue(at)
  await oAuthClientSecret.create({
    data: { id: 'sec_other', clientId, hash: hashToken('cs_other', 'client-secret'), hint: 'x', createdAt: new Date() },
  })
  expect(await ask(clientId, 'cs_other')).toMatchObject({ scope: 'usage:read' })
  expect(await ask(clientId, 'cs_another')).toMatchObject({ error: 'invalid_client' })
  await oAuthClientSecret.deleteMany({ where: { clientId } })
  now.mockReturnValue(at + 5_000)
  expect(await ask(clientId, clientSecret)).toMatchObject({ error: 'invalid_client' })
})

function service() {
  const grants = ['client_credentials' as const]
  return createClient(caller, { name: 'Service', type: 'confidential', scopes: ['usage:read'], grants })
}

async function ask(id: string, secret: string) {
  const resource = `${env().baseUrl}/v1`
  const body = { grant_type: 'client_credentials', client_id: id, client_secret: secret, resource }
  const answer = await api().request('/oauth/token', { method: 'POST', body: new URLSearchParams(body) })
  return answer.json()
}
