import type { SkillReason } from '#lib/contract/skill-reasons.ts'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { commonTime } from '../../db/common-time.ts'
import { database, dateOf, direct, type Prisma, type Transaction, transaction } from '../../db/database.ts'
import { lockPlace } from '../../db/lock-place.ts'

export type { Transaction }
export { commonTime }
export type StoredRun = Prisma.SkillRunGetPayload<object>
export type NewRun = Pick<
  StoredRun,
  | ('id' | 'tenantId' | 'environment' | 'skillId' | 'skillVersion' | 'actorType' | 'actorId' | 'actorName' | 'userId')
  | ('inputBytes' | 'inputHash' | 'amount')
> & {
  /** How long it may take until it counts as lost. */
  milliseconds: number
}

/** What became of a run. */
export type Outcome = { status: 'succeeded'; output: string } | Failure

export interface Failure {
  status: 'failed'
  code: 'skill_failed' | 'skill_timeout'
  reason: SkillReason
  detail: string
  /** What its endpoint answered: the beginning, and with which status. */
  excerpt?: string
  answerStatus?: number
}

/**
 * Keeps a run that begins, with what goes into the same transaction; `full` where its place has `most` under way.
 *
 * @param earlier looks for the run that the same request began before
 */
export async function begin(
  run: NewRun,
  most: number,
  earlier: (tx: Transaction) => Promise<string | undefined>,
  begun: (tx: Transaction, run: StoredRun) => Promise<void>,
): Promise<{ run: StoredRun; isNew: boolean } | 'full'> {
  const { milliseconds, ...columns } = run
  const { tenantId, environment } = run
  return transaction(async (tx) => {
    await lockPlace(tx, run)
    const before = await earlier(tx)
    if (before) return { run: await tx.skillRun.findUniqueOrThrow({ where: { id: before } }), isNew: false }
    if ((await tx.skillRun.count({ where: { tenantId, environment, status: 'running' } })) >= most) return 'full'
    const until = new Date((await commonTime(tx)) + milliseconds)
    const data = { ...columns, until, status: 'running', startedAt: new Date(clock.now()) }
    const made = await tx.skillRun.create({ data })
    await begun(tx, made)
    return { run: made, isNew: true }
  })
}

/** What the same request began before, if it is known. */
export async function readEarlier(
  earlier: (tx: Transaction) => Promise<string | undefined>,
): Promise<StoredRun | null> {
  return transaction(async (tx) => {
    const id = await earlier(tx)
    return id === undefined ? null : tx.skillRun.findUnique({ where: { id } })
  })
}

/**
 * Ends a run that is under way, with what goes into the same transaction: of all that would end it, the first does, and the
 * others change nothing. Answers the run as it stands then.
 *
 * @param ended may end the run in another way than was meant: what it answers is kept
 */
export async function conclude(
  id: string,
  meant: Outcome,
  ended: (tx: Transaction, run: StoredRun, meant: Outcome) => Promise<Outcome>,
): Promise<StoredRun> {
  return transaction(async (tx) => {
    const finishedAt = new Date(clock.now())
    const { count } = await tx.skillRun.updateMany({
      where: { id, status: 'running' },
      data: { status: meant.status, finishedAt },
    })
    const run = await tx.skillRun.findUniqueOrThrow({ where: { id } })
    if (count === 0) return run
    const outcome = await ended(tx, run, meant)
    if (outcome.status === 'failed') return tx.skillRun.update({ where: { id }, data: outcome })
    const { output } = outcome
    const outputBytes = Buffer.byteLength(output)
    // Not through Prisma's own queries, which write and read what is long several times over.
    await tx.$executeRaw`
      UPDATE "SkillRun" SET "output" = ${output}, "outputBytes" = ${outputBytes} WHERE "id" = ${id}`
    return { ...run, output, outputBytes }
  })
}

/** Runs whose time has passed and that have not ended, a thousand at most. */
export async function overdue(): Promise<{ id: string }[]> {
  const where = { status: 'running', until: { lte: new Date(await commonTime()) } }
  return (await database()).skillRun.findMany({ where, select: { id: true }, orderBy: { until: 'asc' }, take: 1_000 })
}

/** A run of a place; of one user's alone where `userId` is given. */
export async function find({ tenantId, environment }: Place, id: string, userId?: string): Promise<StoredRun | null> {
  const where = { tenantId, environment, id, ...(userId === undefined ? {} : { userId }) }
  return (await database()).skillRun.findFirst({ where })
}

/** Runs of a place, newest first, `take` of them, from behind the one with id `after`; without what came out of them. */
export async function list(
  { tenantId, environment }: Place,
  filter: { skillId?: string | undefined; userId?: string | undefined },
  take: number,
  after?: string,
) {
  const where = {
    tenantId,
    environment,
    ...(filter.skillId === undefined ? {} : { skillId: filter.skillId }),
    ...(filter.userId === undefined ? {} : { userId: filter.userId }),
  }
  const { skillRun } = await database()
  // Prisma's cursor has all before it gone through.
  const last =
    after && (await skillRun.findFirst({ where: { id: after, tenantId, environment }, select: { startedAt: true } }))
  if (after && !last) return []
  const behind = last && {
    startedAt: { lte: last.startedAt },
    OR: [{ startedAt: { lt: last.startedAt } }, { id: { lt: after } }],
  }
  return skillRun.findMany({
    where: { ...where, ...(behind || {}) },
    omit: { output: true, excerpt: true },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take,
  })
}

/** Of the newest runs of a skill, `most` of them: how many there are, how many failed, and when the last began. */
export async function countsOf({ tenantId, environment }: Place, skillId: string, most: number) {
  const sql = `
    SELECT COUNT(*) AS "total", COALESCE(SUM(CASE WHEN "status" = 'failed' THEN 1 ELSE 0 END), 0) AS "failed",
      MAX("startedAt") AS "lastAt"
    FROM (
      SELECT "status", "startedAt" FROM "SkillRun" WHERE "tenantId" = ? AND "environment" = ? AND "skillId" = ?
      ORDER BY "startedAt" DESC LIMIT ?) "newest"`
  type Row = { total: number; failed: number; lastAt: string | null }
  const row = await (await direct()).first<Row>(sql, tenantId, environment, skillId, most)
  const { total, failed, lastAt } = row ?? { total: 0, failed: 0, lastAt: null }
  return { total, failed, lastAt: dateOf(lastAt) }
}
