import { mostCounted } from '#lib/contract/most-counted.ts'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { allSkills, findSkill, type Skill, skillView } from './find-skill.ts'
import { countsOf } from './runs/store.ts'
import type { StoredSkill } from './store.ts'

/** All skills of the caller's environment, as those see them who look after them. */
export async function managedViews(caller: Caller): Promise<ManagedSkill[]> {
  return Promise.all((await allSkills(caller)).map((skill) => viewOf(caller, skill)))
}

/**
 * One skill.
 *
 * @throws Problem skill_unknown
 */
export async function managedSkill(caller: Caller, id: string): Promise<ManagedSkill> {
  return viewOf(caller, await findSkill(caller, id))
}

/** One of the tenant's own. */
export async function managedView(caller: Caller, of: StoredSkill): Promise<ManagedSkill> {
  return viewOf(caller, { kind: 'remote', of })
}

async function viewOf(caller: Caller, skill: Skill): Promise<ManagedSkill> {
  const { total, failed, lastAt } = await countsOf(placeOf(caller), skill.of.id, mostCounted + 1)
  return {
    ...skillView(skill),
    environment: caller.environment,
    remote: skill.kind === 'remote' ? remoteOf(skill.of) : null,
    runs: { total, failed, lastAt: lastAt?.toISOString() ?? null },
  }
}

function remoteOf({ url, timeoutSeconds, createdAt, updatedAt, secretHint, previousUntil }: StoredSkill) {
  const overlaps = previousUntil && previousUntil.getTime() > clock.now()
  return {
    ...{ url, timeoutSeconds, secretHint },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    previousSecretUntil: overlaps ? previousUntil.toISOString() : null,
  }
}
