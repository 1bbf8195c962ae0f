import {
  type AttestationPolicyName,
  type AttestationPolicyUpdate,
  attestationPolicyUpdate,
} from '#lib/contract/attestation.ts'
import { record } from '../audit/audit.ts'
import type { Actor } from '../caller.ts'
import { Problem, parse } from '../problem.ts'
import * as store from './store.ts'

/** What a tenant asks of the attestation of a new passkey. */
export interface AttestationPolicy {
  policy: AttestationPolicyName
  /** Models that may register, as AAGUIDs in small letters; empty: all. */
  allowedAaguids: string[]
}

/** What a tenant asks of attestation: `verify`, of every model, until it chooses. */
export async function attestationPolicyOf(tenantId: string): Promise<AttestationPolicy> {
  return viewOf((await store.findPolicy(tenantId)) ?? null)
}

/**
 * Changes what a tenant asks of attestation, in both environments. It holds from the next registration that ends.
 *
 * @throws Problem invalid_request, also for a list of models where the policy is to ask nothing: without a statement nobody
 *   vouches for an AAGUID
 */
export async function updateAttestationPolicy(
  tenant: { id: string; name: string },
  actor: Actor,
  request: AttestationPolicyUpdate,
): Promise<void> {
  const { policy, allowedAaguids } = parse(attestationPolicyUpdate, request)
  await store.updatePolicy(
    tenant.id,
    (before) => {
      const held = viewOf(before)
      const wanted = {
        policy: policy ?? held.policy,
        allowedAaguids: allowedAaguids ? [...new Set(allowedAaguids)] : held.allowedAaguids,
      }
      if (wanted.policy === 'none' && wanted.allowedAaguids.length > 0) throw contradiction()
      return { policy: wanted.policy, allowedAaguids: wanted.allowedAaguids.join(' ') }
    },
    (tx, after, before) =>
      record(tx, actor, {
        tenantId: tenant.id,
        action: 'attestation_policy.updated',
        target: tenant,
        before: { ...viewOf(before) },
        after: { ...viewOf(after) },
      }),
  )
}

function contradiction(): Problem {
  const message = 'needs a policy that verifies statements: without one nobody vouches for an AAGUID'
  return new Problem('invalid_request', `A list of allowed models ${message}.`, {
    issues: [{ path: 'allowedAaguids', message }],
  })
}

function viewOf(row: { policy: string; allowedAaguids: string } | null): AttestationPolicy {
  if (!row) return { policy: 'verify', allowedAaguids: [] }
  return {
    policy: row.policy as AttestationPolicyName,
    allowedAaguids: row.allowedAaguids === '' ? [] : row.allowedAaguids.split(' '),
  }
}
