import type { Environment } from '#lib/contract/environment.ts'
import type {
  ManagedRun,
  ManagedRunList,
  ManagedSkill,
  ManagedSkillWithSecret,
  RemoteSkillCreate,
  RemoteSkillUpdate,
  SkillRequest,
  SkillRunQuery,
} from '#lib/contract/skills.ts'
import type { ConsoleSend } from './send.ts'

/** The tenant's skills in an environment, and those that are built in. */
export const skills = (send: ConsoleSend) => ({
  list: (environment: Environment) => send<{ data: ManagedSkill[] }>('GET', `/skills/${environment}`),
  create: (environment: Environment, body: RemoteSkillCreate) =>
    send<ManagedSkillWithSecret>('POST', `/skills/${environment}`, { body }),
  read: (environment: Environment, id: string) => send<ManagedSkill>('GET', skillPath(environment, id)),
  update: (environment: Environment, id: string, body: RemoteSkillUpdate) =>
    send<ManagedSkill>('PATCH', skillPath(environment, id), { body }),
  remove: (environment: Environment, id: string) => send<undefined>('DELETE', skillPath(environment, id)),
  rotateSecret: (environment: Environment, id: string) =>
    send<ManagedSkillWithSecret>('POST', `${skillPath(environment, id)}/rotate-secret`, { body: {} }),
  /** The request that its endpoint would get: nothing is sent. */
  request: (environment: Environment, id: string, input: unknown) =>
    send<SkillRequest>('POST', `${skillPath(environment, id)}/request`, { body: { input } }),
  /** Executes it, once for an idempotency key, and answers with the run, also where that failed. */
  tryOut: (environment: Environment, id: string, input: unknown, idempotencyKey: string) =>
    send<ManagedRun>('POST', `${skillPath(environment, id)}/try`, {
      body: { input },
      headers: { 'Idempotency-Key': idempotencyKey },
    }),
  runs: {
    list: (environment: Environment, query: Omit<SkillRunQuery, 'limit'> & { limit?: number } = {}) =>
      send<ManagedRunList>('GET', `/skill-runs/${environment}`, { query }),
    read: (environment: Environment, id: string) =>
      send<ManagedRun>('GET', `/skill-runs/${environment}/${encodeURIComponent(id)}`),
  },
})

function skillPath(environment: Environment, id: string): string {
  return `/skills/${environment}/${encodeURIComponent(id)}`
}
