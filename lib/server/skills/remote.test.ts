import { beforeEach, expect, test } from 'vitest'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { actFor } from '../tenants/tenants.ts'
import { executeSkill } from './execute.ts'
import { listSkills } from './find-skill.ts'
import { createSkill, removeSkill, rotateSkillSecret, updateSkill } from './remote.ts'
import { answering, type Home, newHome, refused, saying, schemas } from './remote-skill-for-tests.ts'

let { caller, register } = {} as Home

beforeEach(async () => {
  ;({ caller, register } = await newHome())
})

test('private addresses and plain HTTP are refused where a skill is registered', async () => {
  env().webhookAllowPrivate = false
  for (const url of [
    'http://acme.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://localhost/',
    'https://u:p@acme.example/',
    'nothing',
  ]) {
    const problem = await refused(register(url))
    expect([problem.code, problem.details.issues?.[0]?.path], url).toEqual(['invalid_request', 'url'])
  }
  expect((await register('https://acme.example/count')).remote?.url).toBe('https://acme.example/count')
})

test('a skill is one of its tenant’s environment alone, and an id is taken once in it', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url)
  expect((await refused(register(url))).details.issues).toEqual([
    { path: 'id', message: 'is taken by another skill of this environment' },
  ])
  const other = await actFor(caller.tenant.id, 'live')
  expect((await refused(executeSkill(other, { skill_id: 'acme.count', input: {} }, undefined))).code).toBe(
    'skill_unknown',
  )
  await createSkill(other, { id: 'acme.count', name: 'Other', url, ...schemas })
  for (const id of ['text-summarizer', 'jwt.inspect', 'runs', 'execute']) {
    expect((await refused(register(url, { id }))).details.issues?.[0]?.path).toBe('id')
  }
  for (const id of ['Count', 'a b', '-a', 'a..b', 'ä', 'a'.repeat(65)]) {
    expect((await refused(register(url, { id }))).code, id).toBe('invalid_request')
  }
})

test('a page holds fewer skills where their schemas are long, and all pages hold them all, each once', async () => {
  const long = { description: 'a'.repeat(16_000) }
  const ids = Array.from({ length: 8 }, (_, index) => `acme.s${index}`)
  for (const id of ids) await register('https://acme.example/', { id, inputSchema: long, outputSchema: long })
  const pages: string[][] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { data, nextCursor } = await listSkills(caller, { limit: 100, cursor })
    pages.push(data.map(({ id }) => id))
    cursor = nextCursor
  }
  expect(pages.map(({ length }) => length)).toEqual([4 + 6, 2])
  expect(pages.flat().filter((id) => id.startsWith('acme.'))).toEqual(ids)
  expect(await listSkills(caller, { cursor: 'acme.gone' })).toEqual({ data: [], nextCursor: null })
})

test('the audit log tells who registered, changed and removed a skill, and no secret', async () => {
  const { url } = await answering(saying({}))
  const { secret } = await register(url)
  await updateSkill(caller, 'acme.count', { priceAmount: 5 })
  await rotateSkillSecret(caller, 'acme.count')
  await removeSkill(caller, 'acme.count')
  const events = await (await database()).auditEvent.findMany({
    where: { tenantId: caller.tenant.id, action: { startsWith: 'skill.' } },
  })
  expect(events.map(({ action }) => action)).toEqual([
    'skill.created',
    'skill.updated',
    'skill.secret_rotated',
    'skill.deleted',
  ])
  expect(JSON.parse(events[1]?.after ?? '')).toMatchObject({ priceAmount: 5 })
  expect(JSON.stringify(events)).not.toContain(secret.slice(6, 30))
})

test('the version rises when what goes in or comes out changes, and not otherwise', async () => {
  const { version } = await register('http://localhost:1/')
  const versionOf = async (change: object) => Number((await updateSkill(caller, 'acme.count', change)).version)
  expect(await versionOf({ name: 'Other', ...schemas })).toBe(Number(version))
  expect(await versionOf({ ...schemas, outputSchema: {} })).toBe(Number(version) + 1)
  expect(await versionOf({ outputSchema: {}, priceAmount: 5 })).toBe(Number(version) + 1)
})
