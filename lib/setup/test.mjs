import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { environment, node, prepare, root } from './prepare.mjs'
import { programs } from './programs.mjs'

// npm test: sets up whatever is missing, then types, lint, unit and API tests, end-to-end tests. All of them run, whatever
// fails; the last line counts.

const reports = mkdtempSync(join(tmpdir(), 'playground-reports-'))
const failures = []

// From Debian's archive while npm's packages come and the pages are built.
const finding = programs()

try {
  await prepare({ build: true })
} catch (error) {
  console.error(`\n${error.message}`)
  process.exit(1)
}
const commands = await finding

run('Types', ['node_modules/typescript/bin/tsc', '--noEmit'])
run('Lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])

const vitestReport = join(reports, 'vitest.json')
run(
  'Unit and API tests',
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'lib/setup/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  commands,
)

const playwrightReport = join(reports, 'playwright.json')
const browser = await chromium().catch((error) => {
  console.error(error.message)
})
run(
  'End-to-end tests',
  ['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
  {
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
    ...(browser ? { CHROMIUM: browser } : {}),
    ...commands,
  },
)

const unit = read(vitestReport)
const end = read(playwrightReport)
const ends = end?.stats
const passed = (unit?.numPassedTests ?? 0) + (ends?.expected ?? 0) + (ends?.flaky ?? 0)
const failed = (unit?.numFailedTests ?? 0) + (ends?.unexpected ?? 0)
const skipped = (unit?.numPendingTests ?? 0) + (ends?.skipped ?? 0)
for (const words of [...unitFailures(unit), ...endFailures(end)]) console.log(`\n✗ ${words}`)
console.log(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '\nEverything passed.')
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failures.length > 0 ? 1 : 0)

function run(title, args, extra = {}) {
  console.log(`\n── ${title}`)
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit', env: environment(extra) })
  if (status !== 0) failures.push(title)
}

/** What failed is said again at the very end, where a log that was cut short still has it. */
function unitFailures(report) {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0) return message ? [`${name}\n${message}`] : []
    return failed.map(({ fullName, failureMessages }) => `${name} › ${fullName}\n${failureMessages.join('\n')}`)
  })
}

function endFailures(report) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)]
  const outside = (report?.errors ?? []).map(({ message, stack, location }) =>
    [`Outside of any test${location ? `, ${location.file}:${location.line}` : ''}`, stack ?? message].join('\n'),
  )
  const failed = (report?.suites ?? [])
    .flatMap(specs)
    .flatMap(({ file, title, ok, tests }) =>
      ok
        ? []
        : [
            `${file} › ${title}\n${tests.flatMap(({ results }) => results.map(({ error }) => error?.message)).join('\n')}`,
          ],
    )
  return [...outside, ...failed]
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
