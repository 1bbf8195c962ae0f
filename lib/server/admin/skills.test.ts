import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { createTenant } from '../tenants/tenants.ts'
import { errorHere, jsonHere } from './here.ts'

const file = join(mkdtempSync(join(tmpdir(), 'schema-')), 'schema.json')
const where = ['--tenant', 'skilled', '--environment', 'live']
const words = (id: string) => [
  ...['skills', 'create', ...where, '--id', id, '--name', 'Translate', '--url', 'https://acme.example/translate'],
  ...['--input-schema', `@${file}`, '--output-schema', '{"type":"string"}', '--price', '25', '--timeout', '30'],
]

beforeAll(async () => {
  await createTenant({ name: 'Skilled', slug: 'skilled' })
  writeFileSync(file, '{"type":"object","required":["text"]}')
})

test('the operator registers a skill, sees it, rotates its secret and removes it', async () => {
  const made = await jsonHere(...words('acme.translate'))
  expect(made).toMatchObject({
    id: 'acme.translate',
    environment: 'live',
    inputSchema: { required: ['text'] },
    price: { amount: 25, currency: 'USD' },
    remote: { url: 'https://acme.example/translate', timeoutSeconds: 30 },
    secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
  })
  const list = async () => (await jsonHere('skills', 'list', '--tenant', 'skilled')).data
  expect(await list()).toHaveLength(1)
  expect(JSON.stringify(await list())).not.toContain(made.secret)
  const { secret, remote } = await jsonHere('skills', 'rotate-secret', 'acme.translate', ...where)
  expect(secret).not.toBe(made.secret)
  expect(Date.parse(remote.previousSecretUntil)).toBeGreaterThan(Date.now())
  await jsonHere('skills', 'remove', 'acme.translate', ...where)
  expect(await list()).toEqual([])
  expect(await errorHere('skills', 'remove', 'acme.translate', ...where)).toMatch(/No skill/)
})

test.each<[string, RegExp, ...string[]]>([
  ['a name of the server’s own', /own/, ...words('jwt.inspect')],
  ['a name that stands for something else', /own/, ...words('runs')],
  ['a price that is none', /priceAmount/, ...words('x').with(-3, '1.5')],
  ['too long a time', /more than 30 seconds/, ...words('x').with(-1, '31')],
  ['a URL without TLS', /https/, ...words('x').with(11, 'http://acme.example/')],
  ['a private address', /public/, ...words('x').with(11, 'https://10.0.0.1/')],
  ['a schema that is no JSON', /JSON/, ...words('x').with(13, '{')],
  ['a schema that is none', /outputSchema\/type/, ...words('x').with(15, '{"type":"text"}')],
])('%s is refused', async (_, why, ...command) => {
  expect(await errorHere(...command)).toMatch(why)
  expect((await jsonHere('skills', 'list', '--tenant', 'skilled')).data).toEqual([])
})
