import { expect, test } from 'vitest'
import { operator } from '../../caller.ts'
import { createKey } from '../../keys/make-key.ts'
import { actFor, setTierCeiling } from '../../tenants/tenants.ts'
import { newConsole } from './console-harness.ts'
import { clientOf, refusal, refusedWith } from './harness.ts'

const wanted = { name: 'Key', type: 'live', tier: 'enterprise', scopes: ['keys:manage', 'usage:read'] } as const
const request = { ...wanted, scopes: [...wanted.scopes] }

test('above the ceiling that the operator set nobody makes a key; below it, and once it is raised, they do', async () => {
  const { tenant, client } = await newConsole({ confirms: true })
  const manager = clientOf((await client.keys.create(request)).secret ?? '')
  await setTierCeiling(tenant.id, 'standard')
  const making = [
    () => client.keys.create(request),
    () => manager.keys.create(request),
    async () => createKey(await actFor(tenant.id, 'live', operator), request),
  ]
  const problem = await refusal(client.keys.create(request))
  expect([problem.status, problem.code]).toEqual([403, 'tier_not_available'])
  expect(problem.issues).toEqual([{ path: 'tier', message: 'is above standard, the highest that this tenant has' }])
  expect(await refusedWith(manager.keys.create(request))).toEqual([403, 'tier_not_available'])
  await expect(making[2]?.()).rejects.toMatchObject({ code: 'tier_not_available' })
  expect((await client.keys.list('live')).data).toHaveLength(1)
  expect((await client.session()).tenant.tierCeiling).toBe('standard')
  for (const { keys } of [client, manager])
    expect((await keys.create({ ...request, tier: 'standard' })).tier).toBe('standard')
  await setTierCeiling(tenant.id, 'enterprise')
  for (const make of making) expect((await make()).tier).toBe('enterprise')
})

test('a key that is above the ceiling is held to it at once, shown so, and rotated into it; of another tenant it is not', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  const [key, theirs] = [await one.client.keys.create(request), await other.client.keys.create(request)]
  const limitsOf = async (secret = '') => (await clientOf(secret).tenant()).limits.requestsPerMinute
  expect(await limitsOf(key.secret)).toBe(10_000)
  await setTierCeiling(one.tenant.id, 'standard')
  expect(await limitsOf(key.secret)).toBe(1_000)
  expect(await limitsOf(theirs.secret)).toBe(10_000)
  expect(await one.client.keys.read(key.id)).toMatchObject({ tier: 'enterprise', heldTo: 'standard' })
  expect((await other.client.keys.read(theirs.id)).heldTo).toBeUndefined()
  const successor = await one.client.keys.rotate(key.id, {})
  expect([successor.tier, successor.heldTo, await limitsOf(successor.secret)]).toEqual(['standard', undefined, 1_000])
  await setTierCeiling(one.tenant.id, 'enterprise')
  expect([await limitsOf(key.secret), await limitsOf(successor.secret)]).toEqual([10_000, 1_000])
  const changes = (await one.client.audit({ action: 'tier_ceiling.updated' })).data
  expect(changes.map(({ before, after }) => [before?.tierCeiling, after?.tierCeiling])).toEqual([
    ['standard', 'enterprise'],
    ['enterprise', 'standard'],
  ])
})
