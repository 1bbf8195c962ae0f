import { Hono } from 'hono'
import { relyingPartyUpdate } from '#lib/contract/console.ts'
import { passkeysOf } from '../../passkeys/own.ts'
import { parse } from '../../problem.ts'
import { readBranding, updateBranding } from '../../tenants/branding.ts'
import { readRelyingParty, updateRelyingParty } from '../../tenants/relying-party-settings.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedHere, owner, viewer } from './context.ts'

/** How a tenant is to WebAuthn, and how it looks. */
export const settings = new Hono<ConsoleEnv>()
  .get('/relying-party', viewer, async (c) => c.json(await relyingParty(c.get('signedIn').tenant.id)))
  .patch('/relying-party', owner, jsonBody, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    const request = parse(relyingPartyUpdate, await c.req.json())
    await confirmedHere(c, () => updateRelyingParty(tenant.id, actor, request))
    return c.json(await relyingParty(tenant.id))
  })
  .get('/branding', viewer, async (c) => c.json(await readBranding(c.get('signedIn').tenant.id)))
  .patch('/branding', owner, jsonBody, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    return c.json(await updateBranding(tenant.id, actor, await c.req.json()))
  })

async function relyingParty(tenantId: string) {
  return readRelyingParty(tenantId, await passkeysOf(tenantId))
}
