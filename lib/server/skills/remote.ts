import type { AuditAction } from '#lib/contract/audit.ts'
import {
  type ManagedSkill,
  type ManagedSkillWithSecret,
  type RemoteSkillCreate,
  type RemoteSkillUpdate,
  remoteSkillCreate,
  remoteSkillUpdate,
} from '#lib/contract/skills.ts'
import { record } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { callableUrl } from '../outbound/callable.ts'
import { invalid, Problem, parse } from '../problem.ts'
import { newSigningSecret, replaced } from '../webhooks/signing-secret.ts'
import { builtIns } from './built-in/index.ts'
import { managedView, managedViews } from './managed-view.ts'
import { issuesOfSchema } from './schema-check.ts'
import { secretPurpose } from './secret-purpose.ts'
import * as store from './store.ts'

/** Ids that stand for something else in a path. */
const reserved = ['runs', 'execute']

/** Every skill of the caller's environment, with how it has run lately. */
export function listManaged(caller: Caller): Promise<ManagedSkill[]> {
  return managedViews(caller)
}

/**
 * Registers a skill that an endpoint of the tenant's own does. The secret that signs its calls is in this answer and nowhere
 * else.
 *
 * @throws Problem invalid_request: also for an id that is taken, and for a schema that cannot be checked against
 */
export async function createSkill(caller: Caller, request: RemoteSkillCreate): Promise<ManagedSkillWithSecret> {
  const { url, inputSchema, outputSchema, ...wanted } = parse(remoteSkillCreate, request)
  if (builtIns.has(wanted.id) || reserved.includes(wanted.id)) throw invalid('id', 'is a name of this server’s own')
  await mustBeSchemas(caller, { inputSchema, outputSchema })
  const place = placeOf(caller)
  const { text, kept } = newSigningSecret(secretPurpose({ ...place, id: wanted.id }))
  const skill = {
    ...place,
    ...wanted,
    ...kept,
    url: callableUrl(url),
    inputSchema: JSON.stringify(inputSchema),
    outputSchema: JSON.stringify(outputSchema),
  }
  const made = await store.save(skill, recorded(caller, 'skill.created'))
  if (!made) throw invalid('id', 'is taken by another skill of this environment')
  if (made === 'full') {
    throw new Problem('invalid_request', `${store.maxSkills} skills are here already: remove those that nobody needs.`)
  }
  return { ...(await managedView(caller, made)), secret: text }
}

/**
 * Changes a skill of the tenant's own; all but its id. Runs under way end as they began.
 *
 * @throws Problem invalid_request, skill_unknown
 */
export async function updateSkill(caller: Caller, id: string, request: RemoteSkillUpdate): Promise<ManagedSkill> {
  const { url, inputSchema, outputSchema, ...rest } = parse(remoteSkillUpdate, request)
  await mustBeSchemas(caller, { inputSchema, outputSchema })
  const schemas = {
    ...(inputSchema ? { inputSchema: JSON.stringify(inputSchema) } : {}),
    ...(outputSchema ? { outputSchema: JSON.stringify(outputSchema) } : {}),
  }
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const change = (before: store.StoredSkill) => ({
    ...named,
    ...schemas,
    ...(url === undefined ? {} : { url: callableUrl(url) }),
    revision: before.revision + (isAnother({ ...before, ...schemas }, before) ? 1 : 0),
  })
  const after = await store.update(placeOf(caller), id, change, recorded(caller, 'skill.updated'))
  return managedView(caller, known(after))
}

/**
 * Makes a new secret, which is in this answer and nowhere else. The one before signs, too, for a day.
 *
 * @throws Problem skill_unknown
 */
export async function rotateSkillSecret(caller: Caller, id: string): Promise<ManagedSkillWithSecret> {
  const place = placeOf(caller)
  const { text, kept } = newSigningSecret(secretPurpose({ ...place, id }))
  const change = (before: store.StoredSkill) => ({ ...kept, ...replaced(before) })
  const after = await store.update(place, id, change, recorded(caller, 'skill.secret_rotated'))
  return { ...(await managedView(caller, known(after))), secret: text }
}

/**
 * Removes a skill of the tenant's own. Its runs stay to be read.
 *
 * @throws Problem skill_unknown
 */
export async function removeSkill(caller: Caller, id: string): Promise<void> {
  if (!(await store.remove(placeOf(caller), id, recorded(caller, 'skill.deleted')))) known(null)
}

type Schemas = Pick<store.StoredSkill, 'inputSchema' | 'outputSchema'>

function isAnother(after: Schemas, before: Schemas): boolean {
  return after.inputSchema !== before.inputSchema || after.outputSchema !== before.outputSchema
}

function known(skill: store.StoredSkill | null): store.StoredSkill {
  if (!skill) throw new Problem('skill_unknown', 'No skill of this environment’s own has this id.')
  return skill
}

async function mustBeSchemas(caller: Caller, schemas: Pick<RemoteSkillUpdate, 'inputSchema' | 'outputSchema'>) {
  const issues = []
  for (const [name, schema] of Object.entries(schemas)) {
    const found = schema ? await issuesOfSchema(schema, caller.tenant.id) : []
    issues.push(...found.map(({ path, message }) => ({ path: `${name}${path}`, message })))
  }
  const [first] = issues
  if (first) throw new Problem('invalid_request', `${first.path}: ${first.message}`, { issues })
}

/** Writes a change of a skill down in the audit log: its metadata before and after, and never its secret. */
function recorded(caller: Caller, action: AuditAction): store.Recorded {
  return async (tx, after, before) => {
    const target = after ?? before
    if (!target) return
    await record(tx, caller.actor, {
      ...placeOf(caller),
      action,
      target: { id: target.id, name: target.name },
      before: before && shown(before),
      after: after && shown(after),
    })
  }
}

function shown({ name, description, url, priceAmount, timeoutSeconds, revision, secretHint }: store.StoredSkill) {
  return { name, description, url, priceAmount, timeoutSeconds, version: String(revision), secretHint }
}
