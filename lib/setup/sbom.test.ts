import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'

interface Component {
  name: string
  version: string
  properties: { name: string }[]
  hashes?: { alg: string }[]
}
let bom: { bomFormat: string; specVersion: string; components: Component[]; dependencies: { ref: string }[] }
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

beforeAll(() => {
  const output = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  bom = JSON.parse(output)
})

const isForDevelopment = ({ properties }: Component) =>
  properties.some(({ name }) => name === 'cdx:npm:package:development')

/** Whether it has a package at a version, with its hash, and as one that serves or one that only builds and tests. */
function has(name: string, version: string, development: boolean): boolean {
  return bom.components.some(
    (component) =>
      component.name === name &&
      component.version === version &&
      component.hashes?.[0]?.alg === 'SHA-512' &&
      isForDevelopment(component) === development,
  )
}

test('npm run sbom prints a CycloneDX document with every package that serves, at its version and with its hash', () => {
  expect([bom.bomFormat, bom.specVersion]).toEqual(['CycloneDX', expect.stringMatching(/^1\.\d$/)])
  const dependencies = Object.entries<string>(manifest.dependencies)
  expect(dependencies.filter(([name, version]) => !has(name, version, false))).toEqual([])
  // What those need in turn, too.
  const serving = bom.components.filter((component) => !isForDevelopment(component))
  expect(serving.length).toBeGreaterThan(2 * dependencies.length)
  expect(bom.dependencies.length).toBeGreaterThan(bom.components.length)
})

test('what only builds and tests is marked as that', () => {
  expect(has('vitest', manifest.devDependencies.vitest, true)).toBe(true)
  expect(has('vitest', manifest.devDependencies.vitest, false)).toBe(false)
})
