import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { databaseUrl } from '#lib/foundation/database-place.ts'
import { StartError } from '#lib/foundation/start-error.ts'
import { bar } from './database/bar.ts'
import { keep, moveTo, putBack } from './database/store.ts'
import { json, print, table } from './print.ts'

const mpc = () =>
  new Option('--mpc [file]', 'the MPC server’s database instead: mpc.db in DATA_DIR, or this file').argParser((file) =>
    resolve(file),
  )

/** database copy, backup, restore: none of them opens the database as a server does. */
export function databaseCommands(program: Command): void {
  const databases = program.command('database').description('move, back up and restore the SQLite database')
  databases
    .command('copy')
    .description('copy all of it to an empty PostgreSQL database, and compare both')
    .addOption(new Option('--to <url>', 'postgresql://…').makeOptionMandatory().argParser(postgresqlUrl))
    .option('--dry-run', 'do all of that, and take it back at the end')
    .addOption(mpc())
    .addOption(json())
    .action(async ({ to, dryRun = false, mpc, json }) => {
      const { from, tables } = await shown((progress) => moveTo(to, mpc, dryRun, progress))
      const [variable, secret] = mpc ? ['MPC_DATABASE_URL', 'MPC_SECRET'] : ['DATABASE_URL', 'ROOT_SECRET']
      const next = dryRun
        ? 'That was a rehearsal: nothing was kept there.'
        : `Next: start the server with ${variable} set to it, and ${secret} to the secret of ${from}. What is written to ${from} from now on is not there.`
      const rows = tables.map(({ table: name, rows, checksum }) => [checksum.slice(0, 12), String(rows), name])
      print(
        json,
        { from, rehearsal: dryRun, tables },
        `${table(rows, '')}\n\nAll tables are the same on both sides. ${next}`,
      )
    })
  databases
    .command('backup')
    .description('keep all of it, as it is now, in a new file; servers go on')
    .argument('<file>', 'which is not there yet')
    .addOption(mpc())
    .addOption(json())
    .action(async (file, { mpc, json }) => {
      const to = resolve(file)
      const from = await shown((progress) => keep(to, mpc, progress))
      print(
        json,
        { from, to },
        `${to} is a sound copy of ${from}. Back up the secret, too, to another place: without it no copy opens.`,
      )
    })
  databases
    .command('restore')
    .description('put a backup back where there is no database; no server may be running')
    .argument('<file>', 'what backup made')
    .addOption(mpc())
    .addOption(json())
    .action(async (file, { mpc, json }) => {
      const from = resolve(file)
      const to = await shown((progress) => putBack(from, mpc, progress))
      print(json, { from, to }, `${to} is what ${from} kept. Start the server.`)
    })
}

async function shown<Result>(act: (progress: (done: number, all: number) => void) => Promise<Result>): Promise<Result> {
  const { show, end } = bar()
  try {
    return await act(show)
  } finally {
    end()
  }
}

/** Nothing of it is said where it is none: it may hold a password. */
function postgresqlUrl(text: string): string {
  if (/^postgres/.test(text) && databaseUrl.safeParse(text).success) return text
  throw new StartError('--to must be a postgresql: URL that names a database.')
}
