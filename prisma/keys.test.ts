import { describe, expect, test } from 'vitest'
import { databases, modelsOf } from './to-models.ts'

/** The models of a text, each with its primary and unique keys as they stand there. */
function keysOf(models: string) {
  return Array.from(models.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm), ([, name = '', body = '']) => ({
    name,
    body,
    keys: [
      ...Array.from(body.matchAll(/^ +(\w+) .*@(?:id|unique)\b/gm), ([, field = '']) => field),
      ...Array.from(body.matchAll(/@@(?:id|unique)\(\[(\w+)/g), ([, first = '']) => first),
    ],
  }))
}

const unsaid = (models: string) =>
  keysOf(models)
    .filter(
      ({ body, keys }) =>
        keys.some((first) => first !== 'tenantId') !== /^ +\/\/ No tenant leads its key: .+\.$/m.test(body),
    )
    .map(({ name }) => name)

describe.each(databases)('%s', (database) => {
  test('the tenant leads every key, or the model says why not', () => {
    const all = keysOf(modelsOf(database))
    expect(all.length).toBeGreaterThan(4)
    expect(all.filter(({ keys }) => keys.length === 0)).toEqual([])
    expect(unsaid(modelsOf(database))).toEqual([])
  })

  test('a model that says nothing is found, and one that says it for nothing', () => {
    const model = (id: string, more = '') => `model Thing {\n${more}  tenantId String\n  id String${id}\n}\n`
    const says = '  // No tenant leads its key: none has it.\n'
    expect(unsaid(model(' @id'))).toEqual(['Thing'])
    expect(unsaid(model(' @id', says))).toEqual([])
    expect(unsaid(model('\n  @@id([tenantId, id])'))).toEqual([])
    expect(unsaid(model('\n  @@id([tenantId, id])', says))).toEqual(['Thing'])
  })

  test('no database is asked for a number', () => {
    expect(modelsOf(database)).not.toMatch(/autoincrement|sequence\(|dbgenerated/)
  })
})
