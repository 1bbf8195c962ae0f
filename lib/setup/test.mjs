import { spawn } from 'node:child_process'
import { once } from 'node:events'
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

// From Debian's archive while npm's packages come, the pages are built, and types and lint are checked.
const finding = programs()
let browsing

try {
  await prepare({ build: false })
  // One of its installers is among npm's packages; Debian's takes its turn after the others.
  browsing = finding.then(chromium).catch((error) => {
    console.error(error.message)
  })
  await prepare({ build: true })
} catch (error) {
  console.error(`\n${error.message}`)
  process.exit(1)
}

if ((await run('Types', ['node_modules/typescript/bin/tsc', '--noEmit'])) !== 0) failures.push('Types')
if ((await run('Lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])) !== 0) failures.push('Lint')

const browser = await browsing
const commands = { ...(await finding), ...(browser ? { CHROMIUM: browser } : {}) }

const unit = await twice('Unit and API tests', 'vitest.json', unitFailures, ({ report, of }) => [
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...of.map(({ file }) => file),
    ...['--config', 'lib/setup/vitest.config.ts', '--reporter=default', '--reporter=json'],
    `--outputFile.json=${report}`,
  ],
  commands,
])

const end = await twice('End-to-end tests', 'playwright.json', endFailures, ({ report, of }) => [
  [
    'node_modules/@playwright/test/cli.js',
    'test',
    ...(of.length > 0 ? ['--last-failed'] : []),
    ...['--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
  ],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...commands },
])

const ends = end.report?.stats
const again = [...unit.again, ...end.again]
const failed = unit.failures.length + end.failures.length
const passed = (unit.report?.numPassedTests ?? 0) + (ends?.expected ?? 0) + again.length
const skipped = (unit.report?.numPendingTests ?? 0) + (ends?.skipped ?? 0)
for (const { words } of again) console.log(`\n↻ passed only when it was run again: ${words}`)
for (const { words } of [...unit.failures, ...end.failures]) console.log(`\n✗ ${words}`)
console.log(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '\nEverything passed.')
const twicePassed = again.length > 0 ? ` (${again.length} when run again)` : ''
console.log(`\n${passed} passed${twicePassed}, ${failed} failed, ${skipped} skipped`)
process.exit(failures.length > 0 ? 1 : 0)

/**
 * Runs a suite. Two cores that do everything at once are late now and then: the few that failed are run again, alone. What
 * passes then counts, and is named at the end with what it failed by; what fails again, or fails outside of a test, failed.
 */
async function twice(title, name, failuresOf, command) {
  const report = join(reports, name)
  const status = await run(title, ...command({ report, of: [] }))
  const first = read(report)
  const found = failuresOf(first)
  if (status === 0) return { report: first, failures: [], again: [] }
  if (found.length > 0 && found.length <= 5 && found.every(({ file }) => file)) {
    const second = join(reports, `again-${name}`)
    const again = await run(`${title}: those that failed, again`, ...command({ report: second, of: found }))
    if (again === 0) return { report: first, failures: [], again: found }
  }
  failures.push(title)
  return { report: first, failures: found, again: [] }
}

/** Runs a script of ours to its end, while others go on; resolves with what it exits with. */
async function run(title, args, extra = {}) {
  console.log(`\n── ${title}`)
  const [status] = await once(spawn(node, args, { cwd: root, stdio: 'inherit', env: environment(extra) }), 'exit')
  return status
}

/** What failed is said again at the very end, where a log that was cut short still has it. */
function unitFailures(report) {
  return (report?.testResults ?? []).flatMap(({ name: file, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0) return message ? [{ file, words: `${file}\n${message}` }] : []
    return failed.map(({ fullName, failureMessages }) => ({
      file,
      words: `${file} › ${fullName}\n${failureMessages.join('\n')}`,
    }))
  })
}

function endFailures(report) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)]
  const outside = (report?.errors ?? []).map(({ message, stack, location }) => ({
    words: [`Outside of any test${location ? `, ${location.file}:${location.line}` : ''}`, stack ?? message].join('\n'),
  }))
  const failed = (report?.suites ?? [])
    .flatMap(specs)
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => ({
      file,
      words: `${file} › ${title}\n${tests.flatMap(({ results }) => results.map(({ error }) => error?.message)).join('\n')}`,
    }))
  return [...outside, ...failed]
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
