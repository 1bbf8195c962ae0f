import { type Command, CommanderError } from 'commander'
import { nameOf } from '#lib/foundation/database-place.ts'
import { bringUpToDate, examine } from '../doctor/doctor.ts'
import type { Finding } from '../doctor/finding.ts'
import { env } from '../env.ts'
import { json, print, said } from './print.ts'

const signs = { ok: '✓', warning: '!', failed: '✗', skipped: '–' }

/** doctor, migrate */
export function doctorCommands(program: Command): void {
  program
    .command('doctor')
    .description(
      'look through settings, database, secret, clock, TLS, proxies, Redis, MPC and disk; exit code 1 where something is broken',
    )
    .addOption(json())
    .action(async ({ json }) => {
      const findings = await examine()
      const broken = findings.filter(({ status }) => status === 'failed').length
      print(json, { ok: broken === 0, findings }, findings.map(lineOf).join('\n'))
      if (broken > 0) throw new CommanderError(1, said, `${broken} things are broken.`)
    })
  program
    .command('migrate')
    .description('bring the database up to date, as a start does')
    .addOption(json())
    .action(async ({ json }) => {
      await bringUpToDate()
      const name = nameOf(env().database)
      print(json, { database: name, upToDate: true }, `The database ${name} is up to date.`)
    })
}

function lineOf({ check, status, said, remedy }: Finding): string {
  const first = `${signs[status]} ${check.padEnd(9)} ${said.replaceAll('\n', `\n${' '.repeat(12)}`)}`
  return remedy ? `${first}\n${' '.repeat(12)}→ ${remedy}` : first
}
