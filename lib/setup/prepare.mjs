import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript for whatever Node is on the machine: this runs before anything is installed.

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The project's own Node, pinned in package.json: installed with the other packages. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The environment of our own processes: our Node first in the path, nothing sent anywhere, code compiled once for all. */
export function environment(extra = {}) {
  return {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
    NEXT_TELEMETRY_DISABLED: '1',
    ...extra,
  }
}

let running

/** Ends the step that is under way, if any. */
export function abort() {
  running?.kill()
}

/** Brings packages, the database client and, where asked, all that is built up to date; does nothing that is up to date. */
export async function prepare({ build }) {
  if (!installed()) {
    // Without scripts: they would download what nothing here runs, and npm would compile what comes compiled, with a Python
    // that may not be here. Our own Node comes by one.
    const quietly = ['--no-audit', '--no-fund', '--loglevel=error']
    await step('Installing packages', 'npm', ['ci', '--include=dev', '--ignore-scripts', ...quietly])
    await step('Installing our Node', 'npm', ['rebuild', 'node', ...quietly])
  }
  const schema = fingerprint(['prisma', 'package-lock.json'])
  if (stale('prisma/auth/sqlite/generated/.stamp', schema)) {
    await step('Generating the database clients', node, ['prisma/generate.mjs'])
    writeFileSync(join(root, 'prisma/auth/sqlite/generated/.stamp'), schema)
  }
  if (build) await preparePackages()
}

/** What the server is made of. */
const sources = [
  'app',
  'components',
  'docs',
  'lib',
  'pages',
  'prisma',
  'proxy.ts',
  'next.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Brings the pages up to date. */
export async function preparePages() {
  const built = fingerprint(sources)
  if (stale('.next/.stamp', built)) {
    await step('Building the pages', node, ['node_modules/next/dist/bin/next', 'build'], { NODE_ENV: 'production' })
    writeFileSync(join(root, '.next/.stamp'), built)
  }
}

/** Brings the pages up to date, and the packages that the server hands out; one of them has the server in it. */
export async function preparePackages() {
  await preparePages()
  const packed = fingerprint([...sources, 'clients', 'LICENSE'])
  if (stale('dist/packages/.stamp', packed)) {
    await step('Building the packages', node, ['lib/setup/package/main.ts'])
    writeFileSync(join(root, 'dist/packages/.stamp'), packed)
  }
}

/**
 * Runs a command and says how long it takes; its output is shown only when it fails. Where that is `expected`, its last line is
 * in the error instead.
 *
 * @throws Error when it exits with anything but 0
 */
export function step(title, command, args, extra = {}, expected = false) {
  const began = Date.now()
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
  const live = process.stderr.isTTY
  process.stderr.write(live ? `  ${title} …` : `  ${title} …\n`)
  const ticking = live && setInterval(() => process.stderr.write(`\r  ${title} … ${seconds()}`), 200)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(extra), stdio: ['ignore', 'pipe', 'pipe'] })
    running = child
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    const end = (error) => {
      if (ticking) clearInterval(ticking)
      process.stderr.write(`${live ? '\r' : ''}  ${title} ${error ? 'failed' : 'done'} in ${seconds()}\n`)
      if (!error) return resolve(output)
      if (!expected) process.stderr.write(output)
      reject(error)
    }
    child.on('error', end)
    child.on('close', (code) => {
      const last = expected ? (output.trim().split('\n').at(-1) ?? '') : ''
      end(code === 0 ? undefined : new Error(`${title} failed: ${command} exited with ${code}. ${last}`.trim()))
    })
  })
}

/** Whether every package of the lockfile that this platform needs is installed at its version. */
function installed() {
  if (!existsSync(node)) return false
  const wanted = packages('package-lock.json')
  const present = packages('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || present[path]?.version === version,
  )
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

function stale(stamp, wanted) {
  try {
    return readFileSync(join(root, stamp), 'utf8') !== wanted
  } catch {
    return true
  }
}

/** A hash of files and of all that is in folders. What is generated, put together or only tested does not count. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (
      !existsSync(join(root, path)) ||
      /(?:^|\/)generated$|schema\.prisma$|__pycache__|\.mypy_cache|\.test\.tsx?$/.test(path)
    )
      return
    const entries = folder(path)
    if (entries) for (const entry of entries.sort()) visit(`${path}/${entry}`)
    else
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0')
  }
  paths.forEach(visit)
  return hash.digest('hex')
}

function folder(path) {
  try {
    return readdirSync(join(root, path))
  } catch {
    return undefined
  }
}
