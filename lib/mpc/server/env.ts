import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Environment, environment } from '#lib/contract/environment.ts'
import { type DatabasePlace, databasePlace, databaseUrl } from '#lib/foundation/database-place.ts'
import { StartError } from '#lib/foundation/start-error.ts'

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, 'must be between 1 and 65535')

const url = z.url({ protocol: /^https?$/, hostname: /./, error: 'must be an http(s) URL' })

const schema = z.object({
  PORT: port.default(3000),
  BASE_URL: url.optional(),
  MPC_PORT: port.default(4001),
  MPC_HOST: z
    .string()
    .refine(
      (text) => isIP(text) > 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(text),
      'must be an address or a name of this machine',
    )
    .optional(),
  MPC_TLS_CERT: z.string().optional(),
  MPC_TLS_KEY: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  MPC_DATABASE_URL: databaseUrl,
  MPC_SECRET: z
    .string()
    .refine((text) => text.trim().length >= 32, 'must have at least 32 characters')
    .optional(),
  MPC_ISSUER: url.optional(),
  MPC_ENVIRONMENTS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine(
      (names): names is Environment[] =>
        names.length > 0 && names.every((name) => environment.options.includes(name as Environment)),
      'must be test, live or both',
    )
    .default(['test', 'live']),
  MPC_USAGE_URL: url.optional(),
  MPC_USAGE_TOKEN: z.string().min(16, 'must be a service token').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'must be silent, error, warn, info or debug' })
    .default('warn'),
})

/** The settings that the MPC server runs by, every default filled in. */
export interface Env {
  port: number
  /** Address or name to listen at; undefined: at all of this machine's. */
  host: string | undefined
  /** Files of the certificate and its key; undefined: h2c, and a proxy in front speaks TLS. */
  tls: { certificate: string; key: string } | undefined
  /** Absolute. */
  dataDir: string
  database: DatabasePlace
  secret: string | undefined
  /** Whose tokens are taken, as their claim `iss` says it. */
  issuer: string
  /** Which tokens are taken. */
  environments: ReadonlySet<Environment>
  /** Where usage is reported, and with what. Without a token it is kept. */
  usage: { url: string; token: string | undefined }
  /** Where a collector of OpenTelemetry’s takes what it is told; undefined: nobody is told. */
  otlpEndpoint: string | undefined
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/**
 * Reads settings. A variable that is set to nothing counts as not set.
 *
 * @throws StartError that names every bad variable, and never its value
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${String(path[0])} ${message}`)
    throw new StartError(`These settings are not valid:\n${[...new Set(lines)].join('\n')}`)
  }
  const settings = parsed.data
  const { MPC_TLS_CERT: certificate, MPC_TLS_KEY: key } = settings
  if ((certificate === undefined) !== (key === undefined)) {
    throw new StartError('MPC_TLS_CERT and MPC_TLS_KEY must be set together.')
  }
  const dataDir = resolve(settings.DATA_DIR)
  const database = databasePlace(settings.MPC_DATABASE_URL, resolve(dataDir, 'mpc.db'))
  // Its processes may be on several machines, and one that made a secret of its own would be locked out.
  if (database.engine === 'postgresql' && !settings.MPC_SECRET) {
    throw new StartError('MPC_SECRET must be set where the database is PostgreSQL.')
  }
  const issuer = (settings.MPC_ISSUER ?? settings.BASE_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, '')
  return {
    port: settings.MPC_PORT,
    host: settings.MPC_HOST,
    tls: certificate && key ? { certificate, key } : undefined,
    dataDir,
    database,
    secret: settings.MPC_SECRET,
    issuer,
    environments: new Set(settings.MPC_ENVIRONMENTS),
    usage: { url: settings.MPC_USAGE_URL ?? `${issuer}/v1/usage/events`, token: settings.MPC_USAGE_TOKEN },
    otlpEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: settings.LOG_LEVEL,
  }
}

let parsed: Env | undefined

/**
 * This process's settings: the environment, and what it does not say from a file `.env`; parsed on first use. Nothing else
 * reads `process.env`.
 *
 * @throws StartError
 */
export function env(): Env {
  if (!parsed) {
    if (existsSync('.env')) process.loadEnvFile('.env')
    parsed = parseEnv(process.env)
  }
  return parsed
}
