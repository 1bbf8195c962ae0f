import { expect, test } from 'vitest'
import { z } from 'zod'
import { keyCreate } from '#lib/contract/keys.ts'
import { origin } from '#lib/contract/tenant.ts'
import { Problem, parse } from './problem.ts'

const faces = `a${'🙂'.repeat(2_000)}`

test.each([
  ['the name of a member', z.strictObject({}), { [faces]: 1 }],
  ['a path of many names', z.record(z.string(), z.record(z.string(), z.number())), { [faces]: { [faces]: 'x' } }],
  ['a scope', keyCreate, { name: 'x', scopes: [faces] }],
  ['an origin', origin, faces.slice(0, 255)],
])('of %s that is too long to repeat, whole characters are said', (_, schema, value) => {
  const refusal = () => parse(schema, value)
  expect(refusal).toThrow(Problem)
  try {
    refusal()
  } catch (error) {
    const { detail, details } = error as Problem
    const [issue] = details.issues ?? []
    expect(`${issue?.path} ${issue?.message}`).toContain('a🙂')
    expect(detail.isWellFormed() && issue?.path.isWellFormed() && issue.message.isWellFormed()).toBe(true)
  }
})
