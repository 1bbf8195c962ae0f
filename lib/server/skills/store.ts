import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database, direct, type Prisma, stampOf, type Transaction, transaction, unlessTaken } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'

/** More skills of its own an environment cannot have. */
export const maxSkills = 100

export type StoredSkill = Awaited<ReturnType<typeof list>>[number]

/** What goes with a change into its transaction: the audit log's event. */
export type Recorded = (tx: Transaction, after: StoredSkill | null, before: StoredSkill | null) => Promise<void>

export type NewSkill = Omit<Prisma.SkillUncheckedCreateInput, 'createdAt' | 'updatedAt'>

/** Keeps a new skill; `full` where its place has as many as it may, undefined where its id is taken there. */
export async function save(skill: NewSkill, recorded: Recorded): Promise<StoredSkill | 'full' | undefined> {
  const now = new Date(clock.now())
  const saved = transaction(async (tx) => {
    const { tenantId, environment } = skill
    await lockPlace(tx, skill)
    if ((await tx.skill.count({ where: { tenantId, environment } })) >= maxSkills) return 'full' as const
    const made = await tx.skill.create({ data: { ...skill, createdAt: now, updatedAt: now } })
    await recorded(tx, made, null)
    return made
  })
  return unlessTaken<StoredSkill | 'full'>(saved)
}

/** Changes a skill; null where the place has none of that id. */
export async function update(
  place: Place,
  id: string,
  change: (before: StoredSkill) => Prisma.SkillUncheckedUpdateInput,
  recorded: Recorded,
): Promise<StoredSkill | null> {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.skill.findFirst({ where: { ...place, id } })
    if (!before) return null
    const data = { ...change(before), updatedAt: new Date(clock.now()) }
    const after = await tx.skill.update({ where: { tenantId_environment_id: { ...place, id } }, data })
    await recorded(tx, after, before)
    return after
  })
}

/** Removes a skill; false where the place has none of that id. What was run with it stays. */
export async function remove(place: Place, id: string, recorded: Recorded): Promise<boolean> {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.skill.findFirst({ where: { ...place, id } })
    if (!before) return false
    await tx.skill.delete({ where: { tenantId_environment_id: { ...place, id } } })
    await recorded(tx, null, before)
    return true
  })
}

/** A skill of a place. */
export async function find({ tenantId, environment }: Place, id: string): Promise<StoredSkill | null> {
  return (await database()).skill.findFirst({ where: { tenantId, environment, id } })
}

/** The skills of a place, by their ids. */
export async function list({ tenantId, environment }: { tenantId: string; environment: Environment }) {
  return (await database()).skill.findMany({ where: { tenantId, environment }, orderBy: { id: 'asc' } })
}

/** Forgets secrets that sign no more. */
export async function forgetPrevious(): Promise<void> {
  const sql = `UPDATE "Skill" SET "previousSecret" = NULL, "previousUntil" = NULL WHERE "previousUntil" <= ?`
  await (await direct()).write(() => [[sql, stampOf(new Date(clock.now()))]])
}
