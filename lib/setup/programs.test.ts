import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newDataDir } from './isolated.ts'

const root = new URL('../..', import.meta.url).pathname
const leftOut = ['redis-server or valkey-server', 'nginx', 'Firefox', 'WebKit']

/** What nothing is looked for, since its command is given; what is on this machine besides has no part in these tests. */
const given = { PYTHON: 'python', PYTHON_GRPC: 'python', POSTGRESQL: 'folder', PGBOUNCER: 'pgbouncer' }

/** Looks for the programs on a machine that has only these commands, and Python. */
function find(commands: Record<string, string>, { user = 0 } = {}) {
  const path = newDataDir('path')
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(path, name), 0o755)
  }
  const script = `
    process.getuid = () => ${user}
    const { programs } = await import('./lib/setup/programs.mjs')
    console.log(JSON.stringify(await programs()))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { NODE_ENV: 'test', PATH: path, ...given },
    encoding: 'utf8',
  })
  return { status, commands: JSON.parse(stdout), stderr }
}

/** An apt-get that is there, and does this. */
const apt = (script: string) => ({ 'apt-get': `[ "$1" = --version ] || ${script}` })
/** As a shell says it of a program that lacks a library. */
const broken = 'exit 127'
const broke = {
  'redis-server': broken,
  openssl: broken,
  'firefox-esr': broken,
  WebKitWebDriver: 'exit 0',
  'xvfb-run': broken,
}

test.each([
  { of: 'there is no apt-get', machine: {}, why: 'It is not on the path, and there is no apt-get.' },
  {
    of: 'apt-get needs a password',
    machine: { ...apt('exit 0'), sudo: 'exit 1' },
    user: 1000,
    why: 'It is not on the path, and apt-get needs root.',
  },
  {
    of: 'apt-get fails',
    machine: apt('{ echo E: Unable to locate package; exit 100; }'),
    why: 'apt-get install failed: apt-get exited with 100. E: Unable to locate package',
  },
  {
    of: 'programs are there that do not start',
    machine: { ...apt('exit 0'), ...broke },
    why: /^[\w, -]+: installed, but [\w -]+ does not run\.$/,
  },
])('where $of, tests are left out with the reason, and the others run', ({ machine, user, why }) => {
  const found = find(machine, user ? { user } : {})
  expect(found).toMatchObject({ status: 0 })
  expect(found.commands).toEqual(given)
  for (const what of leftOut) {
    const begins = `Tests with ${what} are left out: `
    const words = found.stderr.split('\n').find((line) => line.startsWith(begins))
    expect(words?.slice(begins.length), what).toMatch(why)
  }
})

test('a program that is on the path is taken, and apt is not asked', () => {
  const { commands, stderr } = find({ 'redis-server': 'exit 0', ...apt('exit 1') })
  expect(commands).toEqual({ REDIS_SERVER: 'redis-server', ...given })
  expect(stderr).not.toContain('redis-server')
})
