import { admin } from './admin.ts'

/** A tenant of the test's own, with a test key that registers and authenticates. */
export interface Tenant {
  id: string
  name: string
  slug: string
  key: string
  keyId: string
  /** Makes a further key. */
  addKey(scopes?: string, type?: 'test' | 'live'): Promise<{ id: string; secret: string }>
  /** Revokes a key. */
  revokeKey(id: string): Promise<void>
}

export interface TenantWishes {
  name?: string
  /** Origins that it allows; by default the server's own. */
  origins?: string
  rpId?: string
}

const passkeyScopes = 'passkeys:register passkeys:authenticate'

/** Makes a tenant with the operator's command line, beside the running server. */
export async function newTenant(slug: string, { name = 'Acme Wallet', origins, rpId }: TenantWishes): Promise<Tenant> {
  const wishes = [...(origins ? ['--origins', origins] : []), ...(rpId ? ['--rp-id', rpId] : [])]
  const { id } = await admin<{ id: string }>('tenants', 'create', '--name', name, '--slug', slug, ...wishes)
  const addKey = (scopes = passkeyScopes, type = 'test') =>
    admin<{ id: string; secret: string }>(
      ...['keys', 'create', '--tenant', slug, '--type', type, '--name', 'e2e', '--scopes', scopes],
    )
  const key = await addKey()
  return { id, name, slug, key: key.secret, keyId: key.id, addKey, revokeKey: (id) => admin('keys', 'revoke', id) }
}
