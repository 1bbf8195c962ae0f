import { z } from 'zod'
import { type Environment, environment } from './environment.ts'
import { label } from './label.ts'
import { page, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'
import { skillReasons } from './skill-reasons.ts'

/** A JSON Schema, 2020-12. */
const jsonSchema = z.looseObject({}).describe('A JSON Schema (2020-12).')
export type JsonSchema = Record<string, unknown>

/** Money: an integer in minor units (cents), and its currency. */
export const price = z.object({ amount: z.int().min(0), currency: z.literal('USD') })
export type Price = z.infer<typeof price>

/** What a skill is called by: `text-summarizer`, `jwt.inspect`. */
const skillId = z
  .string()
  .max(64, 'is longer than 64 characters')
  .regex(/^[a-z][a-z\d]*(?:[.-][a-z\d]+)*$/, 'needs small letters and digits, in words with . or - between')

/** A skill, as those who execute it see it. */
export const skillView = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** A new one with each change of what goes in or comes out. */
  version: z.string(),
  /** Built in: this server does it. Remote: an endpoint of the tenant's own does. */
  kind: z.enum(['built_in', 'remote']),
  inputSchema: jsonSchema,
  outputSchema: jsonSchema,
  /** What a live execution costs that succeeds. In the test environment nothing does. */
  price,
})
export type SkillView = z.infer<typeof skillView>

export const skillQuery = z.strictObject({ ...page })
export type SkillQuery = z.input<typeof skillQuery>
export const skillList = pageOf(skillView)
export type SkillList = z.infer<typeof skillList>

/** Which skill to execute, on what. */
export const skillExecute = z.strictObject({
  skill_id: plainText(64).min(1, 'is empty'),
  input: z.unknown().refine((input) => input !== undefined, 'is missing'),
})
export type SkillExecute = z.input<typeof skillExecute>

/** A run that succeeded, with what came out. */
export const skillExecuted = z.object({
  id: z.string(),
  skillId: z.string(),
  /** Of the skill's output schema. Null for a repeat after the output's time has passed. */
  output: z.unknown(),
  environment,
  cost: price,
  durationMs: z.int(),
})
export type SkillExecuted = z.infer<typeof skillExecuted>

/** A run, whatever became of it. Of its input only size and hash are kept. */
export const skillRun = z.object({
  id: z.string(),
  skillId: z.string(),
  skillVersion: z.string(),
  environment,
  status: z.enum(['running', 'succeeded', 'failed']),
  /** What it cost: nothing in the test environment, nothing where it failed, nothing yet while it is running. */
  cost: price,
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  durationMs: z.int().nullable(),
  input: z.object({ bytes: z.int(), sha256: z.string() }),
  /** Kept for 24 hours; then, and before there is one, null. */
  output: z.unknown(),
  /** Of one that failed. */
  error: z
    .object({ code: z.enum(['skill_failed', 'skill_timeout']), reason: z.enum(skillReasons), detail: z.string() })
    .nullable(),
})
export type SkillRun = z.infer<typeof skillRun>

export const skillRunQuery = z.strictObject({ ...page, skillId: plainText(64).optional() })
export type SkillRunQuery = z.input<typeof skillRunQuery>
/** Runs in a list come without their output. */
export const skillRunList = pageOf(skillRun.omit({ output: true }))
export type SkillRunList = z.infer<typeof skillRunList>

/** The longest that an endpoint may take. */
export const maxSkillSeconds = 30

const remote = {
  name: label,
  description: z.string().trim().pipe(plainText(500)),
  url: z.string().max(2_048, 'is longer than 2,048 characters'),
  inputSchema: jsonSchema,
  outputSchema: jsonSchema,
  /** In cents; what a live execution costs that succeeds. */
  priceAmount: z.int().min(0).max(1_000_000, 'is more than 10,000 dollars'),
  timeoutSeconds: z.int().min(1).max(maxSkillSeconds, `is more than ${maxSkillSeconds} seconds`),
}

/** A skill that an endpoint of the tenant's own does. */
export const remoteSkillCreate = z.strictObject({
  id: skillId,
  ...remote,
  description: remote.description.default(''),
  priceAmount: remote.priceAmount.default(0),
  timeoutSeconds: remote.timeoutSeconds.default(10),
})
export type RemoteSkillCreate = z.input<typeof remoteSkillCreate>

/** What may change of one; what is not named stays. */
export const remoteSkillUpdate = z
  .strictObject(remote)
  .partial()
  .refine((update) => Object.keys(update).length > 0, 'names nothing to change')
export type RemoteSkillUpdate = z.input<typeof remoteSkillUpdate>

/** A skill as those see it who look after it. */
export const managedSkill = skillView.extend({
  environment,
  /** Of a remote one. */
  remote: z
    .object({
      url: z.string(),
      timeoutSeconds: z.int(),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
      /** The last four characters of the secret that signs calls. */
      secretHint: z.string(),
      /** Until then the secret before signs, too. */
      previousSecretUntil: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** Of the last 30 days; 1,001 stands for more than a thousand, and what failed is counted of the newest so many. */
  runs: z.object({ total: z.int(), failed: z.int(), lastAt: z.iso.datetime().nullable() }),
})
export type ManagedSkill = z.infer<typeof managedSkill>

/** One that was just made, or its secret just rotated: the only time that the secret is shown. */
export const managedSkillWithSecret = managedSkill.extend({ secret: z.string() })
export type ManagedSkillWithSecret = z.infer<typeof managedSkillWithSecret>

/** A run as those see it who look after the skill: with what its endpoint said where it failed. */
export const managedRun = skillRun.extend({
  /** Who asked: a key, an app, a member. */
  actor: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  /** The endpoint's answer, its first 2,000 characters; of one that failed alone. */
  excerpt: z.string().nullable(),
  /** The answer's HTTP status. */
  answerStatus: z.int().nullable(),
})
export type ManagedRun = z.infer<typeof managedRun>

/** Runs in a list come without what came out of them. */
export const managedRunList = pageOf(managedRun.omit({ output: true, excerpt: true }))
export type ManagedRunList = z.infer<typeof managedRunList>

/** What a skill is tried with. */
export const skillInput = skillExecute.pick({ input: true })

/** The request that a skill's endpoint gets. */
export const skillRequest = z.object({
  method: z.literal('POST'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type SkillRequest = z.infer<typeof skillRequest>

/** What a skill's endpoint is asked to do: the body of each call. */
export interface SkillCall {
  /** The run's: the same as the call's `webhook-id`. */
  runId: string
  skillId: string
  environment: Environment
  /** Whose skill it is. */
  tenant: { id: string; name: string }
  /** Of the skill's input schema. */
  input: unknown
}
