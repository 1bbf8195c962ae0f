import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { debianPackage } from './debian-package.mjs'

/** Where Debian keeps what starts a server, by its versions; nobody has it on the path. */
const debians = '/usr/lib/postgresql'

/**
 * The folder of PostgreSQL's programs, for the tests that run on it too. They start it themselves, on a socket of its own.
 *
 * @throws Error that says why none can be had
 */
export async function postgresql() {
  if (!postgresqlPrograms())
    await debianPackage({ commands: ['pg_lsclusters'], version: '--help', package: 'postgresql' })
  const folder = postgresqlPrograms()
  if (!folder) throw new Error('PostgreSQL is installed, but its initdb is nowhere.')
  return folder
}

/** The folder that the environment variable POSTGRESQL names, or one on this machine; undefined without. */
export function postgresqlPrograms() {
  return process.env.POSTGRESQL || onThePath() || ofDebian()
}

function onThePath() {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    const folder = execFileSync('pg_config', ['--bindir'], options).trim()
    return existsSync(`${folder}/initdb`) ? folder : undefined
  } catch {
    return undefined
  }
}

function ofDebian() {
  if (!existsSync(debians)) return undefined
  const versions = readdirSync(debians).sort((one, other) => Number(other) - Number(one))
  return versions.map((version) => `${debians}/${version}/bin`).find((folder) => existsSync(`${folder}/initdb`))
}
