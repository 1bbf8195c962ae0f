import { z } from 'zod'
import type { JsonSchema, SkillList, SkillView } from '#lib/contract/skills.ts'
import { type Caller, placeOf } from '../caller.ts'
import { Problem } from '../problem.ts'
import { type BuiltIn, builtIns } from './built-in/index.ts'
import * as store from './store.ts'

/** A skill: this server's own, or a tenant's. */
export type Skill = { kind: 'built_in'; of: BuiltIn } | { kind: 'remote'; of: store.StoredSkill }

/** What runs keep of a skill. */
export function metaOf(skill: Skill): { id: string; version: string; priceAmount: number; seconds: number } {
  const { id, priceAmount } = skill.of
  return skill.kind === 'built_in'
    ? { id, priceAmount, version: skill.of.version, seconds: 10 }
    : { id, priceAmount, version: String(skill.of.revision), seconds: skill.of.timeoutSeconds }
}

/** A skill of the caller's environment; one that is built in is never another. */
export async function findSkill(caller: Caller, id: string): Promise<Skill> {
  const own = builtIns.get(id)
  if (own) return { kind: 'built_in', of: own }
  const remote = await store.find(placeOf(caller), id)
  if (!remote) throw new Problem('skill_unknown', 'No skill of this environment has this id.')
  return { kind: 'remote', of: remote }
}

/** So many characters of schemas are in one page: writing them holds up everybody. */
const mostCharacters = 200_000

/**
 * The skills of the caller's environment, a page of them: those that are built in, then the tenant's own by their ids. Where
 * their schemas are long, a page has fewer than were asked for.
 */
export async function listSkills(
  caller: Caller,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
): Promise<SkillList> {
  const all = await allSkills(caller)
  // Behind a cursor that names none there is nothing.
  const from = cursor === undefined ? 0 : all.findIndex(({ of }) => of.id === cursor) + 1 || all.length
  const data = upTo(mostCharacters, all.slice(from, from + limit)).map(skillView)
  return { data, nextCursor: all.length > from + data.length ? (data.at(-1)?.id ?? null) : null }
}

/** The first skills, as long as their schemas are not longer together; one at least. */
function upTo(most: number, skills: Skill[]): Skill[] {
  let characters = 0
  const beyond = skills.findIndex(({ kind, of }) => {
    characters += kind === 'remote' ? of.inputSchema.length + of.outputSchema.length : 0
    return characters > most
  })
  return beyond === -1 ? skills : skills.slice(0, beyond || 1)
}

/**
 * One skill.
 *
 * @throws Problem skill_unknown
 */
export async function readSkill(caller: Caller, id: string): Promise<SkillView> {
  return skillView(await findSkill(caller, id))
}

/** All skills of the caller's environment. */
export async function allSkills(caller: Caller): Promise<Skill[]> {
  const own = await store.list(placeOf(caller))
  return [
    ...[...builtIns.values()].map((of) => ({ kind: 'built_in' as const, of })),
    ...own.map((of) => ({ kind: 'remote' as const, of })),
  ]
}

/** What the dearest skill of the caller's environment costs, in cents. */
export async function dearestOf(caller: Caller): Promise<number> {
  return Math.max(...(await allSkills(caller)).map((skill) => metaOf(skill).priceAmount))
}

/** A skill as those see it who execute it. */
export function skillView(skill: Skill): SkillView {
  const { id, version, priceAmount } = metaOf(skill)
  const { name, description } = skill.of
  const { input: inputSchema, output: outputSchema } = schemasOf(skill)
  return {
    ...{ id, name, description, version, kind: skill.kind, inputSchema, outputSchema },
    price: { amount: priceAmount, currency: 'USD' },
  }
}

const ofBuiltIns = new Map<string, { input: JsonSchema; output: JsonSchema }>()

/** The schemas of what goes in and of what comes out. */
export function schemasOf(skill: Skill): { input: JsonSchema; output: JsonSchema } {
  if (skill.kind === 'remote')
    return { input: JSON.parse(skill.of.inputSchema), output: JSON.parse(skill.of.outputSchema) }
  const { id, input, output } = skill.of
  const made = ofBuiltIns.get(id) ?? {
    input: z.toJSONSchema(input, { io: 'input' }) as JsonSchema,
    output: z.toJSONSchema(output, { io: 'input' }) as JsonSchema,
  }
  ofBuiltIns.set(id, made)
  return made
}
