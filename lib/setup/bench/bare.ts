import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, step } from '../preparation.ts'
import { concurrency } from './load.ts'
import type { OAuthClients } from './oauth.ts'

const next = join(root, 'node_modules/next/dist/bin/next')

// Under node_modules: ignored by Git, linters and the app's own build, and gone with the packages that built it.
const app = join(root, 'node_modules/.cache/bare-next')

// The compiler may look as far up as Next itself is.
const sources = {
  'app/json/route.js': `export const dynamic = 'force-dynamic'
export const GET = () => Response.json({ ok: true })
`,
  'next.config.mjs': `export default { poweredByHeader: false, turbopack: { root: ${JSON.stringify(root)} } }
`,
}

/** A bare server: its process, and where it answers `{"ok":true}`. */
export interface Bare {
  baseUrl: string
  path: string
  pid: number
}

/** A `node:http` handler in a process of its own. */
export async function bareHttp(): Promise<Bare> {
  return { ...(await listening([fileURLToPath(new URL('bare-http.ts', import.meta.url))])), path: '/' }
}

/** A `connect-node` handler in a process of its own. */
export async function bareConnect(): Promise<Bare> {
  const file = fileURLToPath(new URL('bare-connect.ts', import.meta.url))
  return { ...(await listening([file])), path: '/mpc.v1.KeyService/List' }
}

/** `oidc-provider` by itself, in a process of its own, and what its clients present. */
export async function bareOidc(): Promise<Bare & { clients: OAuthClients }> {
  const file = fileURLToPath(new URL('bare-oidc.ts', import.meta.url))
  const { baseUrl, pid, output } = await listening([file, String(concurrency)])
  const [said = '{}'] = /^\{.*\}$/m.exec(output) ?? []
  return { baseUrl, pid, path: '/token', clients: { path: '/token', ...JSON.parse(said) } }
}

/** better-auth with passkeys, in a process of its own, with its database in a file. */
export async function bareBetterAuth(database: string): Promise<Bare> {
  const file = fileURLToPath(new URL('better-auth-server.ts', import.meta.url))
  return { ...(await listening([file, database])), path: '/api/auth' }
}

/** An app of one route handler under `next start`. Its build is kept until Next or Node is another. */
export async function bareNext(): Promise<Bare> {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/next/package.json'), 'utf8')) as {
    version: string
  }
  const made = createHash('sha256')
    .update(JSON.stringify([version, process.version, sources]))
    .digest('hex')
  if (read(join(app, '.next/.stamp')) !== made) {
    for (const [file, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(app, file)), { recursive: true })
      writeFileSync(join(app, file), text)
    }
    await step('Building a bare Next app', process.execPath, [next, 'build', app], { NODE_ENV: 'production' })
    writeFileSync(join(app, '.next/.stamp'), made)
  }
  return { ...(await listening([next, 'start', app, '--hostname', 'localhost', '--port', '0'])), path: '/json' }
}

/**
 * Starts a server that chooses its port and prints its URL.
 *
 * @throws Error when it does not within 20 s
 */
function listening(args: string[]): Promise<Omit<Bare, 'path'> & { output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const fail = () => {
      child.kill('SIGKILL')
      reject(new Error(`A bare server did not come up:\n${output}`))
    }
    const late = setTimeout(fail, 20_000)
    child.once('exit', fail)
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.stdout.on('data', (chunk) => {
      output += chunk
      const [baseUrl] = /http:\/\/localhost:\d+/.exec(output) ?? []
      if (!baseUrl || !child.pid || !output.endsWith('\n')) return
      clearTimeout(late)
      resolve({ baseUrl, pid: child.pid, output })
    })
  })
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
