import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { packagePaths, packageVersion } from './packages.ts'

test('the packages’ version is the project’s, and the wheel is named by it', () => {
  expect(packageVersion).toBe(manifest.version)
  expect(packagePaths.wheel).toContain(`-${manifest.version}-py3-`)
})
