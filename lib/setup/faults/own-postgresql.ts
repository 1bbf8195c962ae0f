import { postgresqlPrograms } from '../postgresql.mjs'
import { startPostgresql } from '../postgresql-server.ts'

// A PostgreSQL of a test's own, which it may stop, as the database of its process: to be imported before anything that reads
// the settings.

async function started() {
  const server = await startPostgresql()
  // A machine that is busy with tests is no server that is away.
  const patient = (url: string) => `${url}&connect_timeout=30`
  const [auth, mpc] = [patient(await server.create('auth')), patient(await server.create('mpc'))]
  Object.assign(process.env, {
    ...{ DATABASE_URL: auth, MPC_DATABASE_URL: mpc },
    ROOT_SECRET: 'a secret of tests, at least 32 characters',
    MPC_SECRET: 'another secret of tests, at least 32 characters',
  })
  return { server, auth, mpc }
}

/** Undefined where the machine has none. */
export const own = postgresqlPrograms() ? await started() : undefined
