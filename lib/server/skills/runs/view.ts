import type { Environment } from '#lib/contract/environment.ts'
import type { SkillReason } from '#lib/contract/skill-reasons.ts'
import type { ManagedRun, SkillRun } from '#lib/contract/skills.ts'
import { clock } from '../../clock.ts'
import { outputMilliseconds } from './keeping.ts'
import type { StoredRun } from './store.ts'

type Listed = Omit<StoredRun, 'output' | 'excerpt'>

/** A run as those see it who may execute skills, without what came out. */
export function runView(run: Listed): Omit<SkillRun, 'output'> {
  const { id, skillId, skillVersion, status, startedAt, finishedAt, code, reason, detail } = run
  return {
    id,
    skillId,
    skillVersion,
    environment: run.environment as Environment,
    status: status as SkillRun['status'],
    cost: { amount: status === 'succeeded' ? run.amount : 0, currency: 'USD' },
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    durationMs: finishedAt && finishedAt.getTime() - startedAt.getTime(),
    input: { bytes: run.inputBytes, sha256: run.inputHash },
    error:
      status === 'failed'
        ? { code: code as 'skill_failed', reason: reason as SkillReason, detail: detail ?? '' }
        : null,
  }
}

/** The same, as those see it who look after the skill. */
export function managedRunView(run: Listed): Omit<ManagedRun, 'output' | 'excerpt'> {
  const { actorType: type, actorId: id, actorName: name, answerStatus } = run
  return { ...runView(run), actor: { type, id, name }, answerStatus }
}

/** What came out of a run, as JSON; `null` while there is nothing, and after its time has passed. */
export function outputOf({ output, startedAt }: StoredRun): string {
  return output !== null && startedAt.getTime() > clock.now() - outputMilliseconds ? output : 'null'
}

/** The JSON of an answer with what came out of a run, which is JSON already and is not parsed for it. */
export function withOutput(answer: object, output: string): string {
  return `${JSON.stringify(answer).slice(0, -1)},"output":${output}}`
}
