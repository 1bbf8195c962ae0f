import type { SkillRequest } from '#lib/contract/skills.ts'
import { type Caller, placeOf } from '../caller.ts'
import { newId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { newSigningSecret } from '../webhooks/signing-secret.ts'
import { requestOf } from './call-remote.ts'
import { executeSkill } from './execute.ts'
import { readManagedRun } from './runs/runs.ts'
import * as store from './store.ts'

/**
 * Executes a skill for somebody who looks after it, and answers with the run, also where it failed, as JSON. The same
 * Idempotency-Key gives the same run again.
 *
 * @throws Problem as executions that never began do: skill_unknown, skill_input_invalid, insufficient_funds
 */
export async function tryOut(caller: Caller, id: string, input: unknown, idempotencyKey?: string): Promise<string> {
  try {
    const { id: runId } = JSON.parse(await executeSkill(caller, { skill_id: id, input }, idempotencyKey))
    return await readManagedRun(caller, runId)
  } catch (error) {
    const runId = error instanceof Problem && error.details.run?.runId
    if (!runId) throw error
    return readManagedRun(caller, runId)
  }
}

/**
 * The request that a skill's endpoint would get for an input, to look at: nothing is sent, and it is signed by a secret that
 * nobody has, so that no endpoint takes it.
 *
 * @throws Problem skill_unknown
 */
export async function previewOf(caller: Caller, id: string, input: unknown): Promise<SkillRequest> {
  const skill = await store.find(placeOf(caller), id)
  if (!skill) throw new Problem('skill_unknown', 'No skill of this environment’s own has this id.')
  const performance = { caller, runId: newId('run'), input: JSON.stringify(input) }
  return { method: 'POST', url: skill.url, ...requestOf(skill, performance, [newSigningSecret('example').text]) }
}
