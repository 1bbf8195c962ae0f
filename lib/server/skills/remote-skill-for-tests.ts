import type { ServerResponse } from 'node:http'
import { expect, onTestFinished } from 'vitest'
import type { RemoteSkillCreate } from '#lib/contract/skills.ts'
import { env } from '../env.ts'
import type { Problem } from '../problem.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { endpoint, type Got } from './endpoint-for-tests.ts'
import { executeSkill } from './execute.ts'
import { createSkill } from './remote.ts'
import { readManagedRun } from './runs/runs.ts'

/** The schemas of `acme.count`. */
export const schemas = {
  inputSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
  outputSchema: {
    type: 'object',
    required: ['length'],
    properties: { length: { type: 'integer' } },
    additionalProperties: false,
  },
}

export type Home = Awaited<ReturnType<typeof newHome>>

/** A tenant of its own, which may have a skill `acme.count` that an endpoint of a test does. */
export async function newHome() {
  env().webhookAllowPrivate = true
  const slug = `s-${crypto.randomUUID().slice(0, 13)}`
  const caller = await actFor((await createTenant({ name: 'Acme', slug })).id, 'test')
  return {
    caller,
    register: (url: string, more: Partial<RemoteSkillCreate> = {}) =>
      createSkill(caller, { id: 'acme.count', name: 'Count', url, ...schemas, ...more }),
    execute: async (input: unknown = { text: 'four' }, once?: string) =>
      JSON.parse(await executeSkill(caller, { skill_id: 'acme.count', input }, once)),
    managed: async (id: string) => JSON.parse(await readManagedRun(caller, id)),
  }
}

export type Answer = (outgoing: ServerResponse, got: Got) => void

/** An endpoint that answers so, until its test ends. */
export async function answering(answer: Answer) {
  const made = await endpoint(answer)
  onTestFinished(async () => void (await made.close()))
  return made
}

/** Answers with JSON. */
export const saying =
  (value: unknown, status = 200): Answer =>
  (outgoing) =>
    outgoing.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))

/** An endpoint that answers each call when it is told to. */
export async function waiting(value: unknown) {
  const held: (() => void)[] = []
  const made = await answering((outgoing, got) => held.push(() => saying(value)(outgoing, got)))
  const answer = () => {
    for (const go of held.splice(0)) go()
  }
  return { ...made, answer }
}

/** What something is refused with. */
export const refused = (running: Promise<unknown>): Promise<Problem> =>
  running.then(
    () => expect.unreachable(),
    (error) => error,
  )
