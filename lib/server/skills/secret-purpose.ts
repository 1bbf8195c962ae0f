import type { StoredSkill } from './store.ts'

/** What the secret that signs a skill's calls is sealed for. */
export function secretPurpose({
  tenantId,
  environment,
  id,
}: Pick<StoredSkill, 'tenantId' | 'environment' | 'id'>): string {
  return `skill-secret:${tenantId}:${environment}:${id}`
}
