import { base62 } from '#lib/contract/api-key-format.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { fullCaller, system } from '../caller.ts'
import { env } from '../env.ts'
import { readApiKey, writeApiKey } from '../keys/api-key.ts'
import { findKey } from '../keys/keys.ts'
import { createKey } from '../keys/make-key.ts'
import { log } from '../log.ts'
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

/**
 * The demo tenants and their keys, made where they are missing; none when DEMO is off, and none that was revoked or replaced.
 * A tenant of the operator's own that has a demo tenant's slug is left alone.
 */
export async function demoKeys(): Promise<DemoKey[]> {
  if (!env().demo) return []
  return (await Promise.all(tenants.map(({ slug, name }) => demoKey(slug, name)))).flat()
}

/** Idempotent, also across processes that start at once: whoever comes second finds what the first made. */
async function demoKey(slug: string, name: string): Promise<DemoKey[]> {
  const id = `tnt_${derived(`demo-tenant:${slug}`, 14)}`
  const key = writeApiKey('test', derived(`demo-key-id:${slug}`, 12), derived(`demo-key:${slug}`, 43))
  const find = async () => {
    const tenant = await store.find(id)
    return tenant ? findKey(fullCaller(tenant, 'test', system), readApiKey(key)?.id ?? '') : undefined
  }
  let kept = await find()
  if (!kept) {
    const owner =
      (await store.findBySlug(slug)) ??
      (await createTenant({ slug, name }, id, system).then(
        () => store.find(id),
        async (error) => {
          const taken = await store.findBySlug(slug)
          if (!taken) throw error
          return taken
        },
      ))
    if (owner?.id !== id) {
      log().warn({ slug }, 'a tenant has the slug of a demo tenant, which is not made')
      return []
    }
    kept = await createKey(
      fullCaller(owner, 'test', system),
      { type: 'test', name: 'Demo', scopes },
      { fixed: key },
    ).catch(async (error) => {
      const made = await find()
      if (!made) throw error
      return made
    })
  }
  return kept.status !== 'active' ? [] : [{ tenantId: id, tenantName: name, key }]
}

/** Base62 text from the root secret: it can be told again, though of the key only its HMAC is kept. */
function derived(purpose: string, length: number): string {
  return [...deriveKey(purpose, length)].map((byte) => base62.charAt(byte % 62)).join('')
}
