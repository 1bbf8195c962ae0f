import { Problem } from './problem.ts'

/** What a member is told who would give scopes that only owners have. */
export function ownersGive(scopes: string[]): Problem {
  return new Problem('role_required', `Only an owner gives ${scopes.join(', ')}: ask one, or leave it out.`, {
    role: 'owner',
  })
}
