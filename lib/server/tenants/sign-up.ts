import { signUpSetting } from '#lib/contract/oauth.ts'
import { record } from '../audit/audit.ts'
import type { Actor } from '../caller.ts'
import { Problem, parse } from '../problem.ts'
import * as store from './store.ts'

/** Whether people may make an account on a tenant's sign-in page. */
export interface SignUp {
  signUp: boolean
}

/**
 * Whether people may make an account on the tenant's sign-in page.
 *
 * @throws Problem not_found
 */
export async function readSignUp(tenantId: string): Promise<SignUp> {
  return viewOf(await store.find(tenantId))
}

/**
 * Opens a tenant's sign-in page to new people, or closes it to them. Who has an account keeps it.
 *
 * @throws Problem invalid_request, not_found
 */
export async function updateSignUp(tenantId: string, actor: Actor, request: SignUp): Promise<SignUp> {
  const { signUp } = parse(signUpSetting, request)
  const changed = await store.update(tenantId, { signUp }, (tx, after, before) =>
    record(tx, actor, {
      tenantId,
      action: 'sign_up.updated',
      target: { id: tenantId, name: after.name },
      before: before && viewOf(before),
      after: viewOf(after),
    }),
  )
  return viewOf(changed)
}

function viewOf(tenant: store.StoredTenant | null): SignUp {
  if (!tenant) throw new Problem('not_found', 'No such tenant.')
  return { signUp: tenant.signUp }
}
