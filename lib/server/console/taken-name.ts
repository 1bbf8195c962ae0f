import { Problem } from '../problem.ts'
import * as store from './store.ts'

/** Whether a tenant has a member of that name, looked up in a transaction where one is open. */
export function memberNamed(tenantId: string, name: string, tx?: store.Transaction): Promise<boolean> {
  return store.hasMemberNamed(tenantId, name, tx)
}

/** What somebody is told who wants the name of another member. */
export function takenName(name: string): Problem {
  const message = 'is another member’s name here'
  return new Problem('invalid_request', `“${name}” ${message}. Choose another.`, {
    issues: [{ path: 'name', message }],
  })
}
