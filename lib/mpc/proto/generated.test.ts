import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const bin = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url))

const generatedIn = (directory: string) =>
  new Map(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => /_pb\.(?:js|d\.ts)$/.test(file))
      .sort()
      .map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  )

test('the generated code is what the protos say now: after a change, run npx buf generate in lib/mpc/proto', () => {
  const output = mkdtempSync(join(tmpdir(), 'playground-proto-'))
  const { status, stderr } = spawnSync(join(bin, 'buf'), ['generate', '--output', output], {
    cwd: here,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const current = generatedIn(output)
  expect([...current.keys()]).toContain('mpc_pb.js')
  expect([...current.keys()]).toHaveLength(8)
  expect(Object.fromEntries(generatedIn(here))).toEqual(Object.fromEntries(current))
  rmSync(output, { recursive: true })
})
