import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { SkillReason } from '#lib/contract/skill-reasons.ts'
import { type SkillExecute, type SkillExecuted, skillExecute } from '#lib/contract/skills.ts'
import { redact } from '#lib/foundation/redact.ts'
import { reserve } from '../account/reservations.ts'
import { type Caller, placeOf } from '../caller.ts'
import { later } from '../clock.ts'
import { isDraining } from '../draining.ts'
import { newId } from '../ids.ts'
import { doneBefore, noteOnce, onceOf } from '../once/once.ts'
import { Problem, parse } from '../problem.ts'
import { findSkill, metaOf, type Skill } from './find-skill.ts'
import { checkInput, perform } from './perform.ts'
import { takeRemoteSlot } from './remote-slots.ts'
import { endIfLost, endRun } from './runs/ending.ts'
import * as store from './runs/store.ts'
import { underWayHere } from './runs/under-way.ts'
import { outputOf, runView, withOutput } from './runs/view.ts'

// Beyond its own time, what a run may take until it counts as lost: to check what came, and to keep it.
const graceSeconds = 15
/** At most so many runs of one environment are under way; a client that goes away leaves its own so. */
const mostRunning = 500

/**
 * Executes a skill and answers with what came out, as JSON. What failed is not charged, and in the test environment nothing
 * is. A client that goes away changes nothing: the run ends as it would have, and the same request with the same
 * `Idempotency-Key` gets it, whether it succeeded or failed.
 *
 * @throws Problem invalid_request, skill_unknown, skill_input_invalid, idempotency_conflict (also while the same request is
 *   under way), insufficient_funds, concurrency_limited, unavailable, skill_timeout, skill_failed
 */
export async function executeSkill(
  caller: Caller,
  request: SkillExecute,
  idempotencyKey: string | undefined,
): Promise<string> {
  const { skill_id, input } = parse(skillExecute, request)
  const json = canonical(input)
  const place = placeOf(caller)
  // Of one user's token alone: another's gets nothing of it.
  const once = onceOf(idempotencyKey, 'skills.execute', { skill_id, input: json, user: caller.user?.id ?? '' })
  const earlier = (tx: store.Transaction) => doneBefore(tx, place, once)
  // First: the skill may be another one since, or gone.
  const before = once && (await store.readEarlier(earlier))
  if (before) return answerOf(await endIfLost(before))

  const skill = await findSkill(caller, skill_id)
  if (skill.kind === 'remote' && isDraining()) {
    throw new Problem('unavailable', 'The server stops, and begins nothing that may take long. Try again.', {
      headers: { 'Retry-After': '1' },
    })
  }
  await checkInput(caller, skill, json)
  const slot = skill.kind === 'remote' ? takeRemoteSlot(caller.tenant.id) : undefined
  try {
    const begun = await store.begin(newRun(caller, skill, json), mostRunning, earlier, async (tx, run) => {
      await noteOnce(tx, place, once, run.id)
      const { amount, id: runId, until } = run
      if (amount > 0) await reserve(tx, place, { amount, currency: 'USD', runId, until })
    })
    if (begun === 'full') {
      throw new Problem('concurrency_limited', `${mostRunning} runs are under way here. Wait until some have ended.`, {
        headers: { 'Retry-After': '1' },
      })
    }
    if (!begun.isNew) return answerOf(begun.run)
    const { id: runId } = begun.run
    // By this process's own clock.
    const until = later(runMilliseconds(skill))
    const ended = await underWayHere(runId, async (signal) =>
      endRun(runId, await perform(skill, { caller, runId, until, input: json, signal })),
    )
    return answerOf(ended)
  } finally {
    slot?.release()
  }
}

/** An input as it is compared and given on, in canonical JSON (RFC 8785): that has no way to write what is refused. */
function canonical(input: unknown): string {
  try {
    return canonicalize(input) ?? 'null'
  } catch {
    const message = 'has a number that is too large, or half a character (a lone surrogate)'
    throw new Problem('invalid_request', `input: ${message}`, { issues: [{ path: 'input', message }] })
  }
}

function newRun(caller: Caller, skill: Skill, json: string): store.NewRun {
  const { id: skillId, version: skillVersion, priceAmount } = metaOf(skill)
  const { type: actorType, id: actorId, name } = caller.actor
  return {
    id: newId('run'),
    ...placeOf(caller),
    ...{ skillId, skillVersion, actorType, actorId, actorName: redact(name) },
    userId: caller.user?.id ?? null,
    inputBytes: Buffer.byteLength(json),
    inputHash: createHash('sha256').update(json).digest('base64url'),
    amount: caller.environment === 'live' ? priceAmount : 0,
    milliseconds: runMilliseconds(skill),
  }
}

function runMilliseconds(skill: Skill): number {
  return (metaOf(skill).seconds + graceSeconds) * 1000
}

/** A run as its request is answered, at first and again. */
function answerOf(run: store.StoredRun): string {
  const { id, skillId, environment, cost, durationMs, status, error } = runView(run)
  if (status === 'running') {
    throw new Problem('idempotency_conflict', 'The run of this Idempotency-Key is still under way. Ask again for it.', {
      headers: { 'Retry-After': '2' },
    })
  }
  if (error) throw new Problem(error.code, error.detail, { run: { runId: id, reason: error.reason as SkillReason } })
  const answer: Omit<SkillExecuted, 'output'> = { id, skillId, environment, cost, durationMs: durationMs ?? 0 }
  return withOutput(answer, outputOf(run))
}
