import type { SkillCall } from '#lib/contract/skills.ts'
import { redact } from '#lib/foundation/redact.ts'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { callOut } from '../outbound/call-out.ts'
import { signatureHeaders } from '../webhooks/sign.ts'
import { signingSecrets } from '../webhooks/signing-secret.ts'
import { TookTooLong, TookTooMuch } from './apart/pool.ts'
import type { Failure, Outcome } from './runs/store.ts'
import { checkAgainst } from './schema-check.ts'
import { secretPurpose } from './secret-purpose.ts'
import type { StoredSkill } from './store.ts'

/** What a skill's endpoint is called for: whose run, and on what, which is JSON. */
interface Call {
  caller: Caller
  runId: string
  input: string
}

/** A run that is being performed: until when, and what ends it before. */
export interface Performance extends Call {
  until: Date
  signal: AbortSignal
}

const maxAnswerBytes = 1024 * 1024
const maxExcerpt = 2_000

/**
 * Has a tenant's endpoint do what its skill does. What it answers counts where it is a 2xx with JSON of the output schema, of
 * 1 MiB at most; else nothing of it leaves this but an excerpt, for those who look after the skill.
 */
export async function callRemote(skill: StoredSkill, performance: Performance): Promise<Outcome> {
  const { headers, body } = requestOf(skill, performance, signingSecrets(skill, secretPurpose(skill)))
  const answer = await callOut({
    url: skill.url,
    method: 'POST',
    headers,
    body,
    timeoutMs: skill.timeoutSeconds * 1000,
    maxAnswerBytes,
    signal: performance.signal,
  })
  if (answer.outcome === 'failed') {
    const { failure } = answer
    if (failure === 'timeout') {
      return { ...failed('timeout', `It had ${skill.timeoutSeconds} seconds to answer.`), code: 'skill_timeout' }
    }
    return { ...failed(failure, 'Its endpoint could not be called.'), excerpt: answer.words }
  }
  const { status } = answer
  const told = { excerpt: excerptOf(answer.body), answerStatus: status }
  if (status >= 300 && status < 400) return { ...failed('redirect', 'Its endpoint answered with a redirect.'), ...told }
  if (status < 200 || status > 299) return { ...failed('status', `Its endpoint answered ${status}.`), ...told }
  if (answer.truncated) return { ...tooLarge, ...told }
  return checked(skill, answer.body, told, performance.until)
}

async function checked(
  skill: StoredSkill,
  answer: Buffer,
  told: { excerpt: string; answerStatus: number },
  until: Date,
): Promise<Outcome> {
  try {
    const { json, issues } = await checkAgainst(skill.outputSchema, new Uint8Array(answer), skill.tenantId, until)
    if (json === null) return { ...failed('not_json', 'Its endpoint answered with something else than JSON.'), ...told }
    // Written out: “1e20” has 21 digits.
    if (Buffer.byteLength(json) > maxAnswerBytes) return { ...tooLarge, ...told }
    if (issues.length === 0) return { status: 'succeeded', output: json }
    const excerpt = beginningOf(`${inWords(issues)}\n${told.excerpt}`, maxExcerpt)
    const detail = 'What its endpoint answered is not of the skill’s output schema.'
    return { ...failed('output_invalid', detail), ...told, excerpt }
  } catch (error) {
    if (error instanceof TookTooLong) {
      const detail = 'What its endpoint answered could not be checked in time: too much else waited.'
      return { ...failed('timeout', detail), ...told, code: 'skill_timeout' }
    }
    if (!(error instanceof TookTooMuch)) throw error
    return { ...failed('schema_too_slow', 'The skill’s output schema takes too long to check.'), ...told }
  }
}

/** The request that a skill's endpoint gets, signed as Standard Webhooks has it; the run's id is the message's. */
export function requestOf(
  skill: Pick<StoredSkill, 'id'>,
  { caller, runId, input }: Call,
  secrets: string[],
): { headers: Record<string, string>; body: string } {
  const { tenant, environment } = caller
  const known: Omit<SkillCall, 'input'> = {
    ...{ runId, skillId: skill.id, environment },
    tenant: { id: tenant.id, name: tenant.name },
  }
  // The input is JSON already.
  const body = `${JSON.stringify(known).slice(0, -1)},"input":${input}}`
  const timestamp = new Date(clock.now())
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'webauthn-playground',
      ...signatureHeaders({ id: runId, timestamp, body, secrets }),
    },
    body,
  }
}

function failed(reason: Failure['reason'], detail: string): Failure {
  return { status: 'failed', code: 'skill_failed', reason, detail: `${detail} Nothing was charged.` }
}

const tooLarge = failed('too_large', 'Its endpoint answered with more than 1 MiB.')

function excerptOf(body: Buffer): string {
  return beginningOf(redact(body.subarray(0, 4 * maxExcerpt).toString('utf8')).replaceAll('\0', '\ufffd'), maxExcerpt)
}

function inWords(issues: { path: string; message: string }[]): string {
  return issues.map(({ path, message }) => `${path || 'It'} ${message}`).join('; ')
}
