import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import type { VirtualCredential } from './page-authenticator.ts'
import { registered } from './registered.ts'

export interface EmulatorSettings {
  /** Where it listens; by default a free port. */
  port?: number
  /** The tenant that it begins with; by default Acme Wallet, whose origin is the server's own. */
  tenant?: TenantWishes
  /** Usernames that have a passkey already in the test environment; by default none. */
  users?: string[]
  /** Whether it starts an MPC server, too; by default not. */
  mpc?: boolean
  /** Whether the demo tenants and their keys are there, too, and the app of the Playground's OAuth tab; by default not. */
  demo?: boolean
  /** A file that takes what the server says, with a line for each request; by default nothing is kept. */
  log?: string
}

export interface TenantWishes {
  name?: string
  /** How commands name it: a–z, 0–9, hyphens. */
  slug?: string
  /** Pages that may call the API and use its passkeys, besides the server's own. */
  origins?: string[]
  /** WebAuthn RP ID; by default localhost. */
  rpId?: string
}

/** A server of the suite's own. */
export interface Emulator {
  /** Its origin, such as http://localhost:23456: API, OAuth, Playground and Console. */
  url: string
  /** A key of the tenant's test environment, with every scope. */
  apiKey: string
  /** A key of its live environment, with every scope. */
  liveKey: string
  tenant: { id: string; name: string; slug: string }
  /** The passkey of each user that it began with, by username: virtual authenticators and `SoftwareAuthenticator` take it in. */
  passkeys: Record<string, VirtualCredential>
  /**
   * Carries out a command of the operator's, such as `admin('keys', 'create', '--tenant', tenant.slug, …)`.
   *
   * @returns its JSON
   * @throws Error with what the command line says was wrong
   */
  // biome-ignore lint/suspicious/noExplicitAny: each command has an answer of its own
  admin(...words: string[]): Promise<any>
  /** Ends it, and deletes everything that it kept. */
  stop(): Promise<void>
}

/** In the package, the server as it was built. */
const server = fileURLToPath(new URL('./server/', import.meta.url))

/** What is passed on of the suite's environment: what the system needs. No setting of anybody's gets in. */
const system = /^(?:PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|LANG|TZ|NODE_COMPILE_CACHE)$/i

/** How long it may take to come up, in milliseconds. */
const patience = 60_000

/**
 * Starts the whole server on a free port, over a database of its own in a temporary folder, with a tenant and its keys.
 * Several run beside each other. It ends with `stop`, and at the latest with this process, however that ends.
 *
 * @throws Error in the server's words where it does not start
 */
export async function emulator(settings: EmulatorSettings = {}): Promise<Emulator> {
  const node = nodeToRun()
  const { port, tenant, log } = settings
  for (let tries = 1; ; tries++) {
    const folder = mkdtempSync(join(tmpdir(), 'webauthn-playground-'))
    const env = await environmentOf(port ?? (await freePort()), folder, settings)
    try {
      const origins = [env.BASE_URL, ...(tenant?.origins ?? [])]
      const server = await start(node, folder, env, { name: 'Acme Wallet', slug: 'suite', ...tenant, origins }, log)
      return { ...server, passkeys: await registered(server, settings.users ?? []) }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      // Somebody else was quicker.
      const again = port === undefined && tries < 5 && /Port \d+ is in use/.test((error as Error).message)
      if (!again) throw error
    }
  }
}

async function start(
  node: string,
  folder: string,
  env: Awaited<ReturnType<typeof environmentOf>>,
  wishes: TenantWishes,
  log = join(folder, 'log'),
): Promise<Omit<Emulator, 'passkeys'>> {
  const output = openSync(log, 'a')
  const child = spawn(node, ['lib/server/emulated.js', JSON.stringify(wishes), folder], {
    ...{ cwd: server, env, stdio: ['ignore', output, output, 'ipc'] },
  })
  closeSync(output)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  const seeded = await ready(child, ended, log)
  // It is nobody's reason to stay: whoever ends without a word ends it.
  child.unref()
  child.channel?.unref()
  return {
    url: env.BASE_URL,
    ...seeded,
    async admin(...words) {
      const command = ['lib/server/admin.js', ...words, '--json']
      const { stdout } = await promisify(execFile)(node, command, { cwd: server, env }).catch((error) => {
        throw new Error(error.stderr?.trim() || error.message)
      })
      return JSON.parse(stdout)
    },
    async stop() {
      // At once: what it keeps goes with it.
      child.ref()
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What the server says once it answers. */
function ready(child: ChildProcess, ended: Promise<void>, log: string) {
  return new Promise<Pick<Emulator, 'apiKey' | 'liveKey' | 'tenant'>>((resolve, reject) => {
    const late = setTimeout(() => child.kill('SIGKILL'), patience)
    let isUp = false
    child.once('message', (seeded) => {
      isUp = true
      resolve(seeded as never)
    })
    child.once('error', reject)
    void ended.then(() => {
      // The log of one that was up may be gone by now.
      if (!isUp) reject(new Error(`The emulator did not start:\n${readFileSync(log, 'utf8').slice(-4_000)}`))
    })
    child.once('message', () => clearTimeout(late)).once('exit', () => clearTimeout(late))
  })
}

async function environmentOf(port: number, folder: string, { mpc, demo, log }: EmulatorSettings) {
  return {
    NODE_COMPILE_CACHE: join(tmpdir(), 'webauthn-playground-cache'),
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => system.test(name))),
    ...{ NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' },
    ...{ PORT: String(port), HOST: '127.0.0.1', BASE_URL: `http://localhost:${port}`, DATA_DIR: join(folder, 'data') },
    ...(mpc ? { MPC: 'on', MPC_PORT: String(await freePort()) } : { MPC: 'off' }),
    DEMO: demo ? 'on' : 'off',
    // A suite's own endpoints are on this machine.
    WEBHOOK_ALLOW_PRIVATE: 'on',
    LOG_LEVEL: log ? 'info' : 'warn',
  }
}

/** The Node that is installed with the package; where install scripts are switched off it is not there, and this one may do. */
function nodeToRun(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
  const installed = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(
    'The emulator needs Node 24, which the package “node” brings where its install script may run: npm rebuild node',
  )
}
