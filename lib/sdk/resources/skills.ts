import type {
  SkillExecute,
  SkillExecuted,
  SkillList,
  SkillQuery,
  SkillRun,
  SkillRunList,
  SkillRunQuery,
  SkillView,
} from '#lib/contract/skills.ts'
import type { Extra, Once, Query, Send } from './send.ts'

/** Which skill, by either name of the member: as this language writes it, or as it is sent. */
type Execution = { input: SkillExecute['input'] } & ({ skillId: string } | Pick<SkillExecute, 'skill_id'>)

export const skills = (send: Send) => ({
  list: (query: Query<SkillQuery> = {}, extra: Extra = {}) => send<SkillList>('GET', '/v1/skills', { query, ...extra }),
  get: (id: string, extra: Extra = {}) => send<SkillView>('GET', `/v1/skills/${encodeURIComponent(id)}`, extra),
  /** The type of what comes out is the caller's to say: the skill's output schema does. */
  execute: <Output = unknown>(execution: Execution, extra: Extra & Once = {}) => {
    const skill_id = 'skillId' in execution ? execution.skillId : execution.skill_id
    const body: SkillExecute = { skill_id, input: execution.input }
    return send<SkillExecuted & { output: Output }>('POST', '/v1/skills/execute', { body, ...extra })
  },
  runs: {
    list: (query: Query<SkillRunQuery> = {}, extra: Extra = {}) =>
      send<SkillRunList>('GET', '/v1/skills/runs', { query, ...extra }),
    get: (id: string, extra: Extra = {}) => send<SkillRun>('GET', `/v1/skills/runs/${encodeURIComponent(id)}`, extra),
  },
})
