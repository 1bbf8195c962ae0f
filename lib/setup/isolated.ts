import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Settings for a server or a process that must not touch what the operator has: whatever the shell or a file `.env` says,
 * these hold. Set to nothing counts as not set, and stops `.env` from setting it. With the data directory of this process it
 * has the same databases, of whichever engine.
 */
export function isolated(dataDir: string): Record<string, string> {
  const own: Record<string, string | undefined> = dataDir === process.env.DATA_DIR ? process.env : {}
  return {
    DATA_DIR: dataDir,
    HOST: '',
    DATABASE_URL: own.DATABASE_URL ?? '',
    ROOT_SECRET: own.ROOT_SECRET ?? '',
    REDIS_URL: '',
    TRUSTED_PROXIES: '',
    DEMO: '',
    MPC: 'off',
    MPC_PORT: '',
    MPC_URL: '',
    MPC_HOST: '',
    MPC_TLS_CERT: '',
    MPC_TLS_KEY: '',
    MPC_DATABASE_URL: own.MPC_DATABASE_URL ?? '',
    MPC_SECRET: own.MPC_SECRET ?? '',
    MPC_ISSUER: '',
    MPC_ENVIRONMENTS: '',
    MPC_USAGE_URL: '',
    MPC_USAGE_TOKEN: '',
    WEBHOOK_ALLOW_PRIVATE: '',
    MDS_BLOB: '',
    MDS_ROOT: '',
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
    LOG_LEVEL: 'warn',
    LOG_RETENTION_DAYS: '',
    LOG_MAX_ROWS: '',
  }
}

/** A new, empty data directory. */
export function newDataDir(purpose: string): string {
  return mkdtempSync(join(tmpdir(), `playground-${purpose}-`))
}
