import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from '../chromium.mjs'
import type { Block } from './fences.ts'
import type { Reader } from './reader.ts'

/**
 * Runs tests for Playwright in the reader's folder, with the Playwright and the browser of this machine.
 *
 * @throws Error with what Playwright says
 */
export async function runPlaywright(blocks: readonly Block[], { project, env }: Reader): Promise<void> {
  const folder = join(project.folder, 'tests')
  const modules = join(project.folder, 'node_modules/@playwright')
  mkdirSync(folder, { recursive: true })
  mkdirSync(modules, { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules/@playwright/test'), join(modules, 'test'))
  for (const { code, line } of blocks) writeFileSync(join(folder, `line-${line}.spec.ts`), code)
  const launchOptions = { executablePath: (await chromium()) ?? undefined, args: ['--no-sandbox'] }
  const use = { launchOptions, baseURL: env.PLAYGROUND_BASE_URL }
  const config = join(project.folder, 'playwright.config.ts')
  writeFileSync(config, `export default ${JSON.stringify({ testDir: 'tests', workers: 1, use })}`)
  const own = Object.entries(process.env).filter(([name]) => !/^(?:TEST_|PW|PLAYWRIGHT|VITEST|FORCE_COLOR)/.test(name))
  const command = [join(modules, 'test/cli.js'), 'test', '--config', config, '--reporter', 'line']
  await promisify(execFile)(process.execPath, command, {
    cwd: project.folder,
    env: { ...Object.fromEntries(own), ...env } as NodeJS.ProcessEnv,
  }).catch(({ stdout, message }) => {
    throw new Error(`Lines ${blocks.map(({ line }) => line).join(', ')}: ${stdout || message}`)
  })
}
