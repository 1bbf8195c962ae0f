import type {
  SkillExecute,
  SkillExecuted,
  SkillQuery,
  SkillRun,
  SkillRunQuery,
  SkillView,
} from '#lib/contract/skills.ts'
import { list } from './list.ts'
import type { Extra, Once, Query, Send } from './send.ts'

/** Which skill, by either name of the member: as this language writes it, or as it is sent. */
type Execution = { input: SkillExecute['input'] } & ({ skillId: string } | Pick<SkillExecute, 'skill_id'>)

export const skills = (send: Send) => ({
  /** One page, or with `for await` every skill. */
  list: (query: Query<SkillQuery> = {}, extra: Extra = {}) => list<SkillView>(send, '/v1/skills', query, extra),
  get: (id: string, extra: Extra = {}) => send<SkillView>('GET', `/v1/skills/${encodeURIComponent(id)}`, extra),
  /** Executes a skill once, however often it has to be asked for. What comes out is of the skill's output schema. */
  execute: <Output = unknown>(execution: Execution, extra: Extra & Once = {}) => {
    const skill_id = 'skillId' in execution ? execution.skillId : execution.skill_id
    const body: SkillExecute = { skill_id, input: execution.input }
    return send<SkillExecuted & { output: Output }>('POST', '/v1/skills/execute', { body, once: true, ...extra })
  },
  runs: {
    /** One page, newest first, or with `for await` every run; without what came out. */
    list: (query: Query<SkillRunQuery> = {}, extra: Extra = {}) =>
      list<Omit<SkillRun, 'output'>>(send, '/v1/skills/runs', query, extra),
    get: (id: string, extra: Extra = {}) => send<SkillRun>('GET', `/v1/skills/runs/${encodeURIComponent(id)}`, extra),
  },
})
