import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isolated, newDataDir } from './isolated.ts'
import { runScript } from './run-script.ts'

test('a test run leaves the database alone that the shell names', async () => {
  const [own, operators] = [newDataDir('own'), newDataDir('operators')]
  const list = (settings: Record<string, string>) =>
    runScript('lib/server/admin.ts', ['tenants', 'list'], {
      DATABASE_URL: `file:${join(operators, 'x.db')}`,
      ...settings,
    })
  expect(await list(isolated(own))).toMatchObject({ code: 0 })
  expect([existsSync(join(operators, 'x.db')), existsSync(join(own, 'playground.db'))]).toEqual([false, true])
  expect(await list({})).toMatchObject({ code: 0 })
  expect(existsSync(join(operators, 'x.db'))).toBe(true)
})
