import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@playwright/test'

/** Runs tests in an empty folder that has Playwright, as whoever pasted them there would. */
export async function runPasted(specs: string[], env: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pasted-test-'))
  mkdirSync(join(folder, 'node_modules/@playwright'), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules/@playwright/test'), join(folder, 'node_modules/@playwright/test'))
  for (const [index, spec] of specs.entries()) writeFileSync(join(folder, `run-${index}.spec.ts`), spec)
  // Which browser there is, is this machine’s.
  const { launchOptions } = test.info().project.use
  writeFileSync(
    join(folder, 'playwright.config.ts'),
    `export default ${JSON.stringify({ use: { launchOptions }, fullyParallel: true, workers: 2 })}`,
  )
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:TEST_|PW|PLAYWRIGHT|PLAYGROUND|FORCE_COLOR)/.test(name),
  )
  const cli = join(folder, 'node_modules/@playwright/test/cli.js')
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'test', '--reporter', 'line'], {
    cwd: folder,
    env: { ...Object.fromEntries(own), ...env } as NodeJS.ProcessEnv,
  }).catch(({ stdout, message }) => {
    throw new Error(`${specs.join('\n\n')}\n\n${stdout || message}`)
  })
  rmSync(folder, { recursive: true })
  return stdout
}
