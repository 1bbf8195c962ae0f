import type { Scope } from '#lib/contract/scopes.ts'
import { env } from '../env.ts'
import { base62 } from '../ids.ts'
import { readApiKey, writeApiKey } from '../keys/api-key.ts'
import { createKey, listKeys } from '../keys/keys.ts'
import { deriveKey } from '../root-secret.ts'
import * as store from './store.ts'
import { createTenant } from './tenants.ts'

const tenants = [
  { slug: 'acme', name: 'Acme Wallet' },
  { slug: 'globex', name: 'Globex Pay' },
]

const scopes: Scope[] = ['passkeys:register', 'passkeys:authenticate', 'skills:list', 'account:read', 'usage:read']

/** A demo tenant with its test key, which may be shown to anybody. */
export interface DemoKey {
  tenantId: string
  tenantName: string
  key: string
}

const shared = globalThis as { playgroundDemo?: Promise<DemoKey[]> }

/** The demo tenants and their keys, made on first use; none when DEMO is off. */
export function demoKeys(): Promise<DemoKey[]> {
  if (!env().demo) return Promise.resolve([])
  shared.playgroundDemo ??= seed().catch((error) => {
    delete shared.playgroundDemo
    throw error
  })
  return shared.playgroundDemo
}

/** Idempotent, also across processes that start at once: whoever comes second finds what the first made. */
async function seed(): Promise<DemoKey[]> {
  return Promise.all(
    tenants.map(async ({ slug, name }) => {
      const tenant = await findOrMake(slug, name)
      const secret = demoSecret(slug)
      const id = readApiKey(secret)?.id
      const has = async () => (await listKeys(tenant.id)).some((key) => key.id === id)
      if (!(await has())) {
        await createKey({ tenantId: tenant.id, type: 'test', name: 'Demo', scopes, secret }).catch(async (error) => {
          if (!(await has())) throw error
        })
      }
      return { tenantId: tenant.id, tenantName: tenant.name, key: secret }
    }),
  )
}

async function findOrMake(slug: string, name: string) {
  const found = await store.findBySlug(slug)
  if (found) return found
  return createTenant({ slug, name }).catch(async (error) => {
    const made = await store.findBySlug(slug)
    if (!made) throw error
    return made
  })
}

/** Derived from the root secret, so that it can be shown again though only its HMAC is kept. */
function demoSecret(slug: string): string {
  const text = [...deriveKey(`demo-key:${slug}`, 55)].map((byte) => base62.charAt(byte % 62)).join('')
  return writeApiKey('test', text.slice(0, 12), text.slice(12))
}
