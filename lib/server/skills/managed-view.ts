import type { ManagedSkill } from '#lib/contract/skills.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { allSkills, findSkill, type Skill, skillView } from './find-skill.ts'
import { countsOf } from './runs/store.ts'
import type { StoredSkill } from './store.ts'

/** All skills of the caller's environment, as those see them who look after them. */
export async function managedViews(caller: Caller): Promise<ManagedSkill[]> {
  const [skills, counts] = await Promise.all([allSkills(caller), countsOf(placeOf(caller))])
  return skills.map((skill) => viewOf(caller, skill, counts))
}

/**
 * One skill.
 *
 * @throws Problem skill_unknown
 */
export async function managedSkill(caller: Caller, id: string): Promise<ManagedSkill> {
  const [skill, counts] = await Promise.all([findSkill(caller, id), countsOf(placeOf(caller), id)])
  return viewOf(caller, skill, counts)
}

/** One of the tenant's own. */
export async function managedView(caller: Caller, of: StoredSkill): Promise<ManagedSkill> {
  return viewOf(caller, { kind: 'remote', of }, await countsOf(placeOf(caller), of.id))
}

type Counts = Awaited<ReturnType<typeof countsOf>>

function viewOf({ environment }: Caller, skill: Skill, counts: Counts): ManagedSkill {
  const its = counts.find(({ skillId }) => skillId === skill.of.id)
  return {
    ...skillView(skill),
    environment,
    remote: skill.kind === 'remote' ? remoteOf(skill.of) : null,
    runs: {
      total: its?.total ?? 0,
      failed: its?.failed ?? 0,
      lastAt: its?.lastAt.toISOString() ?? null,
    },
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
