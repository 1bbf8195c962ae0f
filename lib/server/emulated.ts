import { rmSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { scopeNames } from '#lib/contract/scopes.ts'
import type { TenantCreate } from '#lib/contract/tenant.ts'
import { saying } from './admin/run.ts'
import { createKey } from './keys/make-key.ts'
import { actFor, createTenant } from './tenants/tenants.ts'

// The server as a suite starts it, through the package for tests: with a tenant and keys that it tells its parent, and no longer
// than that one lives, however it ends.

const [wished = '', folder = ''] = process.argv.slice(2)

process.once('disconnect', () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
})
await import('./main.ts')
const code = await saying(async () => process.send?.(await seeded(JSON.parse(wished))))
if (code !== 0) process.exit(code)
// It may be killed, and the next start is to find what this one has compiled.
flushCompileCache()

/** Makes a tenant with a key for each environment that may do everything in it. */
async function seeded(wishes: TenantCreate) {
  const { id, name, slug } = await createTenant(wishes)
  const [test, live] = await Promise.all(
    (['test', 'live'] as const).map(async (environment) =>
      createKey(await actFor(id, environment), { name: 'Suite', scopes: [...scopeNames] }),
    ),
  )
  return { tenant: { id, name, slug }, apiKey: test?.secret, liveKey: live?.secret }
}
