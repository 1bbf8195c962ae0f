import { setImmediate as nextTurn } from 'node:timers/promises'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Caller } from '../caller.ts'
import { log } from '../log.ts'
import { Problem } from '../problem.ts'
import { TookTooLong, TookTooMuch } from './apart/pool.ts'
import { issuesOf } from './apart/schema-issues.ts'
import type { BuiltIn } from './built-in/index.ts'
import { callRemote, type Performance } from './call-remote.ts'
import { type Skill, schemasOf } from './find-skill.ts'
import { interrupted } from './runs/ending.ts'
import type { Failure, Outcome } from './runs/store.ts'
import { checkAgainst, inputRefused } from './schema-check.ts'

/**
 * Whether an input is what a skill takes.
 *
 * @throws Problem skill_input_invalid with what is not; skill_failed where a tenant's schema is too slow to say
 */
export async function checkInput(caller: Caller, skill: Skill, json: string): Promise<void> {
  if (skill.kind === 'built_in') {
    const validate = validatorOf(skill)
    if (!validate(JSON.parse(json))) throw inputRefused(issuesOf(validate.errors))
    return
  }
  try {
    const { issues } = await checkAgainst(skill.of.inputSchema, json, caller.tenant.id)
    if (issues.length > 0) throw inputRefused(issues)
  } catch (error) {
    if (!(error instanceof TookTooMuch)) throw error
    throw new Problem('skill_failed', 'The skill’s input schema takes too long to check. Nothing was executed.', {
      run: { reason: 'schema_too_slow' },
    })
  }
}

/** Does what a skill does. Whatever goes wrong is an outcome. */
export async function perform(skill: Skill, performance: Performance): Promise<Outcome> {
  try {
    return skill.kind === 'remote' ? await callRemote(skill.of, performance) : await runBuiltIn(skill.of, performance)
  } catch (error) {
    if (performance.signal.aborted) return interrupted
    log().error({ err: error, runId: performance.runId }, 'a skill failed')
    return failure('internal', 'Something went wrong here. Nothing was charged.')
  }
}

async function runBuiltIn(skill: BuiltIn, { caller, input, until }: Performance): Promise<Outcome> {
  const owner = caller.tenant.id
  // Its beginning was just kept, and its end is next: others are served in between.
  await nextTurn()
  try {
    return { status: 'succeeded', output: await skill.run(skill.input.parse(JSON.parse(input)), { owner, until }) }
  } catch (error) {
    const slow = slowness(error)
    if (!slow) throw error
    return { ...failure('timeout', slow), code: 'skill_timeout' }
  }
}

function slowness(error: unknown): string | undefined {
  if (error instanceof TookTooMuch) return 'This input takes too long. Make it smaller. Nothing was charged.'
  if (error instanceof TookTooLong) return 'Too much else waited here for it to be done in time. Nothing was charged.'
  return undefined
}

function failure(reason: Failure['reason'], detail: string): Failure {
  return { status: 'failed', code: 'skill_failed', reason, detail }
}

// This server's own schemas, of bounded values: checked where they are used.
const own = new Ajv2020({ allErrors: true })
const validators = new Map<string, ValidateFunction>()

function validatorOf(skill: Extract<Skill, { kind: 'built_in' }>): ValidateFunction {
  const validate = validators.get(skill.of.id) ?? own.compile(schemasOf(skill).input)
  validators.set(skill.of.id, validate)
  return validate
}
