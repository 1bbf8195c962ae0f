import { Hono } from 'hono'
import type { AttestationPolicyView } from '#lib/contract/attestation.ts'
import { addTrustAnchor, listTrustAnchors, removeTrustAnchor } from '../../attestation/anchors.ts'
import { metadataHealth } from '../../attestation/metadata.ts'
import { attestationPolicyOf, updateAttestationPolicy } from '../../attestation/policy.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedHere, owner, viewer } from './context.ts'

/** What a tenant asks of the attestation of new passkeys, and whom it trusts to vouch for authenticators. */
export const attestation = new Hono<ConsoleEnv>()
  .get('/attestation', viewer, async (c) => c.json(await viewOf(c.get('signedIn').tenant.id)))
  .patch('/attestation', owner, jsonBody, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    const request = await c.req.json()
    await confirmedHere(c, () => updateAttestationPolicy({ id: tenant.id, name: tenant.name }, actor, request))
    return c.json(await viewOf(tenant.id))
  })
  .post('/trust-anchors', owner, jsonBody, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    const request = await c.req.json()
    return c.json(await confirmedHere(c, () => addTrustAnchor(tenant.id, actor, request)), 201)
  })
  .delete('/trust-anchors/:id', owner, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    await confirmedHere(c, () => removeTrustAnchor(tenant.id, actor, c.req.param('id')))
    return c.body(null, 204)
  })

async function viewOf(tenantId: string): Promise<AttestationPolicyView> {
  const [policy, anchors, metadata] = await Promise.all([
    attestationPolicyOf(tenantId),
    listTrustAnchors(tenantId),
    metadataHealth(),
  ])
  return { ...policy, anchors, metadata }
}
