import type { Place } from '../../../caller.ts'
import { direct, stampOf } from '../../../db/database.ts'

/** A small output counts as so many bytes of what its place keeps. */
export const smallBytes = 4_096

/** Deletes runs whose time had passed by a moment, so many at most; how many it was. */
export async function removeBefore(moment: Date, most: number): Promise<number> {
  const old = `
    SELECT "id" FROM "SkillRun" WHERE "status" IN ('running', 'succeeded', 'failed') AND "until" < ? LIMIT ?`
  return (await direct()).write(() => [[`DELETE FROM "SkillRun" WHERE "id" IN (${old})`, stampOf(moment), most]])
}

/** Lets what came out of runs go that began before a moment, of so many at most; of how many it was. */
export async function emptyBefore(moment: Date, most: number): Promise<number> {
  const old = `SELECT "id" FROM "SkillRun" WHERE "output" IS NOT NULL AND "startedAt" < ? LIMIT ?`
  const sql = `UPDATE "SkillRun" SET "output" = NULL WHERE "id" IN (${old})`
  return (await direct()).write(() => [[sql, stampOf(moment), most]])
}

/** Lets what came out of a place's runs go, the oldest first, but for so many bytes. */
export async function emptyBeyond({ tenantId, environment }: Place, bytes: number): Promise<void> {
  const kept = `
    SELECT "id", SUM(CASE WHEN "outputBytes" < ${smallBytes} THEN ${smallBytes} ELSE "outputBytes" END)
      OVER (ORDER BY "startedAt" DESC, "id" DESC) AS "together"
    FROM "SkillRun" WHERE "tenantId" = ? AND "environment" = ? AND "output" IS NOT NULL`
  const beyond = `SELECT "id" FROM (${kept}) AS "kept" WHERE "together" > ?`
  const sql = `UPDATE "SkillRun" SET "output" = NULL WHERE "id" IN (${beyond})`
  await (await direct()).write(() => [[sql, tenantId, environment, bytes]])
}
