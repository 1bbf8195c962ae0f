import { mkdirSync } from 'node:fs'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { env } from '../env.ts'
import { aboutOf } from './about.ts'
import { findAccount } from './accounts.ts'

test('while the database cannot be used, the authorization server is told so, and not that there is no such user', async () => {
  mkdirSync(fileOf(env().database), { recursive: true })
  const place = { tenantId: 'tnt_shop', tenantName: 'Shop', environment: 'test' }
  const ctx = { oidc: { client: { place } } } as unknown as KoaContextWithOIDC
  const told = { error: 'temporarily_unavailable', statusCode: 503 }
  await expect(findAccount(ctx, 'usr_ada')).rejects.toMatchObject(told)
  await expect(aboutOf('app_shop')).rejects.toMatchObject(told)
})
