import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type AddressRange, readAddress, readRange } from '#lib/contract/address-range.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { type DatabasePlace, databasePlace, databaseUrl } from '#lib/foundation/database-place.ts'
import { StartError } from '#lib/foundation/start-error.ts'

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an origin is on this machine; without one it is. */
function isLocal(origin: string | undefined): boolean {
  return origin === undefined || localHosts.has(new URL(origin).hostname)
}

const origin = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http(s) URL')
  .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', 'must be an origin, without a path')
  .refine((text) => !URL.canParse(text) || !/[?#@]/.test(text), 'must be an origin, without query, fragment or user')
  .transform((text) => new URL(text).origin)

const onOff = z
  .enum(['on', 'off', 'true', 'false', '1', '0'], { error: 'must be on or off' })
  .transform((text) => ['on', 'true', '1'].includes(text))

/** Addresses and CIDRs, separated by commas or spaces. */
const ranges = z.string().transform((text, context) =>
  text.split(/[\s,]+/).flatMap((item) => {
    if (item === '') return []
    const [head = '', bits = '0', ...more] = item.split('/')
    if (
      readAddress(head) &&
      /^\d{1,3}$/.test(bits) &&
      Number(bits) <= (head.includes(':') ? 128 : 32) &&
      more.length === 0
    ) {
      return [readRange(item)]
    }
    context.addIssue({ code: 'custom', message: 'must be addresses or CIDRs, such as 10.0.0.0/8' })
    return []
  }),
)

const redisUrl = z
  .url({ protocol: /^rediss?$/, hostname: /./, error: 'must be a redis: or rediss: URL with a host' })
  .refine((text) => !/%(?![0-9a-f]{2})/i.test(text), 'must have any % in it written as %25')
  // Clients look at the scheme as it is written: of one in capitals, the password would go out in the clear.
  .transform((text) => new URL(text).href)

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'must be between 1 and 65535')

/** A whole number from one to another. */
function count(least: number, most: number) {
  const message = `must be a whole number between ${least} and ${most}`
  return z
    .string()
    .regex(/^\d{1,12}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message)
}

/** How many processes serve. */
const workers = z.union([z.literal('auto').transform(() => availableParallelism()), count(1, 128)], {
  error: 'must be auto, or a whole number between 1 and 128',
})

/** Origins, separated by commas or spaces. */
const origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(origin).min(1, 'must be an http(s) URL').max(16, 'must be 16 URLs at most'))

const variables = z.object({
  PORT: port.default(3000),
  HOST: z
    .string()
    .refine(
      (text) => isIP(text) > 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(text),
      'must be an address or a name of this machine',
    )
    .optional(),
  BASE_URL: origin.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl.optional(),
  WORKERS: workers.default(1),
  TRUSTED_PROXIES: ranges.default([]),
  ROOT_SECRET: z
    .string()
    .refine((text) => text.trim().length >= 32, 'must have at least 32 characters')
    .optional(),
  DEMO: onOff.optional(),
  MPC: onOff.optional(),
  MPC_PORT: port.default(4001),
  MPC_URL: origins.optional(),
  MPC_TEST_URL: origins.optional(),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'must be silent, error, warn, info or debug' })
    .default('warn'),
  LOG_RETENTION_DAYS: count(0, 365).default(7),
  LOG_MAX_ROWS: count(1_000, 1_000_000_000).default(1_000_000),
  WEBHOOK_ALLOW_PRIVATE: onOff.default(false),
  MDS_BLOB: z.string().optional(),
  MDS_ROOT: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, hostname: /./, error: 'must be an http(s) URL' })
    .optional(),
})

const schema = variables.superRefine((settings, context) => {
  const { WEBHOOK_ALLOW_PRIVATE, BASE_URL, DATABASE_URL, ROOT_SECRET, WORKERS, REDIS_URL } = settings
  // Each would count for itself, and a key have its limits once for each of them.
  if (WORKERS > 1 && !REDIS_URL)
    context.addIssue({ code: 'custom', path: ['REDIS_URL'], message: 'must be set where there are several WORKERS' })
  // Its processes may be on several machines, and one that made a secret of its own would be locked out.
  if (databasePlace(DATABASE_URL, '').engine === 'postgresql' && !ROOT_SECRET)
    context.addIssue({ code: 'custom', path: ['ROOT_SECRET'], message: 'must be set where the database is PostgreSQL' })
  if (!WEBHOOK_ALLOW_PRIVATE || isLocal(BASE_URL)) return
  const message = 'may be on only where BASE_URL is on localhost'
  context.addIssue({ code: 'custom', path: ['WEBHOOK_ALLOW_PRIVATE'], message })
})

/** The settings that the server runs by, every default filled in. */
export interface Env {
  port: number
  /** Address or name to listen at; undefined: at all of this machine's. */
  host: string | undefined
  /** This server's origin: issuer of tokens, default RP ID and origin. No header ever changes it. */
  baseUrl: string
  /** Absolute. */
  dataDir: string
  database: DatabasePlace
  rootSecret: string | undefined
  /** Where processes share limits; may hold a password. */
  redisUrl: string | undefined
  /** How many processes serve on the port; 1: this one does. */
  workers: number
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: AddressRange[]
  /** Whether the demo tenants and their keys exist and are shown. */
  demo: boolean
  /** Whether this server starts an MPC server beside itself. */
  mpc: boolean
  /** Where that one listens. */
  mpcPort: number
  /** Origins of the MPC servers of each environment; none: there is no MPC server. */
  mpcUrls: Record<Environment, readonly string[]>
  /** Whether webhooks and remote skills may be at private addresses, and without TLS. */
  webhookAllowPrivate: boolean
  /** Absolute path of FIDO's metadata; undefined: there is none. */
  mdsBlob: string | undefined
  /** Absolute path of the root, in PEM, that it must lead to; undefined: FIDO's own. */
  mdsRoot: string | undefined
  /** Where OpenTelemetry's collector takes traces and metrics; undefined: nobody is told. */
  otlpEndpoint: string | undefined
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** How long requests stay in the log that members read; 0: there is none. And how many, of all tenants together. */
  logRetentionDays: number
  logMaxRows: number
}

/** The settings do not parse; the message names every bad variable, and never its value. */
export class EnvError extends StartError {
  override name = 'EnvError'
}

/**
 * Reads settings. A variable that is set to nothing counts as not set.
 *
 * @throws EnvError
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`)
    throw new EnvError(`These settings are not valid:\n${[...new Set(lines)].join('\n')}`)
  }
  const settings = parsed.data
  const baseUrl = settings.BASE_URL ?? `http://localhost:${settings.PORT}`
  const dataDir = resolve(settings.DATA_DIR)
  const mpc = settings.MPC ?? settings.MPC_URL === undefined
  const live = settings.MPC_URL ?? (mpc ? [`http://localhost:${settings.MPC_PORT}`] : [])
  return {
    port: settings.PORT,
    host: settings.HOST,
    baseUrl,
    dataDir,
    database: databasePlace(settings.DATABASE_URL, resolve(dataDir, 'playground.db')),
    rootSecret: settings.ROOT_SECRET,
    redisUrl: settings.REDIS_URL,
    workers: settings.WORKERS,
    trustedProxies: settings.TRUSTED_PROXIES,
    demo: settings.DEMO ?? (isLocal(baseUrl) && !settings.DATABASE_URL),
    mpc,
    mpcPort: settings.MPC_PORT,
    mpcUrls: { live, test: settings.MPC_TEST_URL ?? live },
    webhookAllowPrivate: settings.WEBHOOK_ALLOW_PRIVATE,
    mdsBlob: settings.MDS_BLOB && resolve(settings.MDS_BLOB),
    mdsRoot: settings.MDS_ROOT && resolve(settings.MDS_ROOT),
    otlpEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: settings.LOG_LEVEL,
    logRetentionDays: settings.LOG_RETENTION_DAYS,
    logMaxRows: settings.LOG_MAX_ROWS,
  }
}

let parsed: Env | undefined

/**
 * This process's settings: the environment, and what it does not say from a file `.env`; parsed on first use. Nothing else
 * reads `process.env`.
 *
 * @throws EnvError
 */
export function env(): Env {
  if (!parsed) {
    if (existsSync('.env')) process.loadEnvFile('.env')
    parsed = parseEnv(process.env)
  }
  return parsed
}

/** Takes the address of the server beside which this process works, where BASE_URL is not set. */
export function servedAt(baseUrl: string): void {
  env()
  if (!process.env.BASE_URL) parsed = parseEnv({ ...process.env, BASE_URL: baseUrl })
}
