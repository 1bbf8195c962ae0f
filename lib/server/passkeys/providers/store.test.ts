import { expect, test } from 'vitest'
import { database } from '../../db/database.ts'
import { tenantWithKey } from '../../usage/requests-at.ts'
import { countsByModel } from './store.ts'

// On PostgreSQL, too.

const [phone, key] = ['fbfc3007-154e-4ecc-8c0b-6e020557d7bd', '00000000-0000-0000-0000-000000000001']

/** Passkeys of a user of an environment's, so many of which were made in one moment, one second before the next. */
async function made(tenantId: string, environment: string, aaguid: string, count: number, inAMoment: number) {
  const db = await database()
  const userId = `usr_${crypto.randomUUID()}`
  await db.user.create({ data: { id: userId, tenantId, environment, username: userId, displayName: 'ada' } })
  const all = Array.from({ length: count }, (_, at) => ({
    ...{ id: `psk_${crypto.randomUUID()}`, tenantId, environment, userId, credentialId: crypto.randomUUID(), aaguid },
    ...{ publicKey: new Uint8Array(1), algorithm: -7, signCount: 0, name: 'Phone', transports: '', backedUp: false },
    ...{ backupEligible: aaguid === phone, attestationFormat: 'none', attestationTrusted: false },
    createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(at / inAMoment) * 1_000),
  }))
  await db.passkey.createMany({ data: all })
}

test('passkeys are counted by model, each once, however many were made in one moment, and no other place’s', async () => {
  const { tenant } = await tenantWithKey()
  await made(tenant.id, 'live', phone, 204, 7)
  await made(tenant.id, 'live', key, 101, 101)
  await made(tenant.id, 'test', phone, 3, 1)
  expect(await countsByModel({ tenantId: tenant.id, environment: 'live' }, 100)).toEqual([
    { aaguid: key, synced: false, passkeys: 101 },
    { aaguid: phone, synced: true, passkeys: 204 },
  ])
  expect(await countsByModel({ tenantId: tenant.id, environment: 'test' }, 100)).toEqual([
    { aaguid: phone, synced: true, passkeys: 3 },
  ])
})
