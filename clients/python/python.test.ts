import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errors } from '#lib/contract/errors.ts'
import { baseUrl, request } from '#lib/server/api/suite/harness.ts'
import { buildWheel, wheelName, zipWheel } from '#lib/setup/package/wheel.mjs'
import { pythons } from '#lib/setup/python.mjs'
import { generatedModules, sources } from './generate.ts'
import { startWorld } from './tests/world.ts'

// The Python client as people have it: handed out by a server, installed into an environment of its own, against that server.

const run = promisify(execFile)
const here = import.meta.dirname
/** Half a minute where nobody else wants the machine. */
const patience = 120_000
const tools = ['-c', 'import build, ensurepip, mypy, setuptools, wheel']
const python =
  [process.env.PYTHON, ...pythons].find((command) => command && spawnSync(command, tools).status === 0) ?? ''
if (!python) console.log('No Python here has build, venv and mypy: the tests of the Python client are left out.')

const folder = mkdtempSync(join(tmpdir(), 'python-client-'))
const inside = (...path: string[]) => join(folder, ...path)
afterAll(() => rmSync(folder, { recursive: true }))

test('what is generated is as it would be generated now', () => {
  const modules = generatedModules()
  const read = Object.keys(modules).map((path) => [path, readFileSync(join(sources, path), 'utf8')])
  const advice = 'run: node lib/setup/run.mjs clients/python/generate.ts'
  expect(Object.fromEntries(read), advice).toEqual(modules)
})

test('the wheel is zipped without Python too, the same each time, with a record of all that is in it', async () => {
  const [first, second] = ['a', 'b'].map((name) => readFileSync(zipWheel(inside(name))))
  expect(first?.equals(second as Buffer)).toBe(true)
  const files = Object.keys(unzipSync(first as Buffer))
  expect(files).toContain('webauthn_playground/py.typed')
  const record = String(unzipped(first as Buffer, 'RECORD'))
    .trim()
    .split('\n')
  expect(record.map((line) => line.split(',')[0])).toEqual(files)
})

describe.skipIf(!python)('with Python', { timeout: patience }, () => {
  const venv = inside('venv')
  const installed = join(venv, 'bin', 'python')
  const pip = ['-m', 'pip', 'install', '--no-index', '--no-deps', '--disable-pip-version-check', '--no-compile', '-q']
  let world: Awaited<ReturnType<typeof startWorld>>
  let wheel: string
  beforeAll(async () => {
    world = await startWorld()
    await run(python, ['-m', 'venv', venv])
    wheel = buildWheel(inside('built'))
    await run(installed, [...pip, `${baseUrl}/downloads/${wheelName}`])
  }, patience)
  afterAll(() => world.stop())

  test('the wheel that Python builds and the one that is zipped hold the same, and both install', async () => {
    const [built, zipped] = [wheel, zipWheel(inside('zipped'))].map((path) => readFileSync(path))
    const [one, other] = [unzipSync(built as Buffer), unzipSync(zipped as Buffer)]
    expect(Object.keys(other).sort()).toEqual(Object.keys(one).sort())
    for (const name of Object.keys(one).filter((name) => !/\/(?:RECORD|WHEEL)$/.test(name)))
      expect(String(other[name]?.toString()), name).toBe(String(one[name]?.toString()))

    await run(installed, [...pip, '--target', inside('target'), inside('zipped', wheelName)])
    const ask = 'import webauthn_playground, importlib.metadata as m; print(m.version("webauthn-playground"))'
    const { stdout } = await run(installed, ['-c', ask], { env: { ...process.env, PYTHONPATH: inside('target') } })
    expect(stdout.trim()).toBe(JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')).version)
  })

  test('its types are strict, and so is what is written with them', async () => {
    const args = ['-m', 'mypy', '--strict', '--python-version', '3.9', '--cache-dir', inside('mypy')]
    const { stdout } = await run(python, [...args, 'src', 'tests'], { cwd: here }).catch((error) => error)
    expect(stdout).toContain('Success: no issues found')
  })

  test('its own tests pass, where it is installed and nothing else is', async () => {
    const given = inside('given')
    mkdirSync(given)
    const document = await (await request(`${baseUrl}/v1/openapi.json`)).json()
    writeFileSync(join(given, 'openapi.json'), JSON.stringify(document))
    writeFileSync(join(given, 'errors.json'), JSON.stringify(errors))
    const env = {
      ...process.env,
      PLAYGROUND_BASE_URL: baseUrl,
      TEST_WORLD: world.url,
      TEST_GIVEN: given,
      PYTHONDONTWRITEBYTECODE: '1',
    }
    const args = ['-W', 'error', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.']
    const { stderr } = await run(installed, args, { cwd: here, env }).catch((error) => error)
    expect(stderr).toMatch(/\nOK\n$/)
  })
})

function unzipped(wheel: Buffer, name: string): Buffer {
  const found = Object.entries(unzipSync(wheel)).find(([path]) => path.endsWith(name))
  return Buffer.from(found?.[1] ?? [])
}
