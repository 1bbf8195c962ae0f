import type { Environment } from '#lib/contract/environment.ts'

/** The page with an environment's skills. */
export function skillsPath(environment: Environment): string {
  return `/console/skills?environment=${environment}`
}

/** A skill's own page. */
export function skillPath({ environment, id }: { environment: Environment; id: string }): string {
  return `/console/skills/${environment}/${encodeURIComponent(id)}`
}
