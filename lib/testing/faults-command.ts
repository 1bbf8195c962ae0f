import { accessSync, constants, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, CommanderError, Option } from 'commander'
import { type Fault, FaultLab, type FaultResult, faults, httpTarget } from '#lib/webauthn/faults/index.ts'
import { asJUnit, asMarkdown, asSummary, type FaultReport, faultReport } from '#lib/webauthn/faults/report.ts'
import { type MappingWishes, mappingOf } from './fault-mapping.ts'
import { withCookies } from './with-cookies.ts'

interface Wishes extends MappingWishes {
  origin?: string
  rpId?: string
  only?: string[]
  late?: true
  report?: keyof typeof reports
  output?: string
}

const reports = {
  json: (report: FaultReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: asMarkdown,
  junit: asJUnit,
}

const notAsked = 'Left out: it waits more than five minutes. --late tries it.'

/**
 * The command `playground-faults`: tries every fault on a server and says what became of each. A report goes to its file, or
 * else to standard output; what is for people goes to the other.
 *
 * @returns the process's exit code: 0 where all is refused that must be, 1 where something was accepted, 2 where something
 *   could not be tried, be it for how it was called
 */
export async function faultsCommand(words: string[]): Promise<number> {
  let code = 2
  const program = new Command('playground-faults')
    .description('Puts a WebAuthn server to the test: what it must refuse is sent, and it is told what it accepts.')
    .option('--url <base>', 'where the server is; URLs of a mapping are relative to it')
    .addOption(new Option('--api-key <key>', 'a test key of the Playground’s server').env('PLAYGROUND_API_KEY'))
    .addOption(
      new Option('--preset <name>', 'whose API it is').choices(['playground', 'simplewebauthn']).default('playground'),
    )
    .addOption(
      new Option('--mapping <file>', 'JSON that says where the ceremonies are, and how members are called').conflicts([
        'preset',
        'registerBegin',
        'registerFinish',
        'authenticateBegin',
        'authenticateFinish',
      ]),
    )
    .option('--register-begin <url>', 'instead of the preset’s')
    .option('--register-finish <url>', 'instead of the preset’s')
    .option('--authenticate-begin <url>', 'instead of the preset’s')
    .option('--authenticate-finish <url>', 'instead of the preset’s')
    .option('--origin <origin>', 'of the page that the server expects its users on; by default that of the server')
    .option('--rp-id <id>', 'where the server’s options do not say it; by default the origin’s host')
    .option('--only <ids...>', 'these faults alone')
    .option('--late', 'also answer a ceremony after five minutes, which takes as long')
    .addOption(new Option('--report <format>', 'of a report').choices(Object.keys(reports)))
    .option('--output <file>', 'takes the report')
    .addHelpText('after', `\nFaults: ${faults.map(({ id }) => id).join(', ')}`)
    .exitOverride()
    .action(async (wishes: Wishes) => {
      code = await run(wishes)
    })
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    console.error((error as Error).message)
    return 2
  }
}

async function run(wishes: Wishes): Promise<number> {
  const { only, report: format, output } = wishes
  if (output && !format) throw new Error('--output needs --report: json, markdown or junit.')
  if (output) checkFolder(output)
  const chosen = only ? only.map(faultOf) : faults
  const mapping = mappingOf(wishes)
  const server = new URL(mapping.registration.begin.url).origin
  const origin = wishes.origin ? originOf(wishes.origin) : server
  const say = format && !output ? console.error : console.log

  const waitAloud = (milliseconds: number) => {
    say(`           the server takes further calls in ${Math.ceil(milliseconds / 1_000)} s`)
    return wait<void>(milliseconds)
  }
  const lab = new FaultLab(httpTarget(mapping, { fetch: withCookies(), wait: waitAloud }), {
    ...{ origin, rpId: wishes.rpId, wait: (milliseconds) => wait<void>(milliseconds) },
  })
  say(`${server}, as a page of ${origin}. The users that this makes are called ${lab.username}…\n`)

  await lab.prepare()
  const began = Date.now()
  const results: FaultResult[] = []
  for (const fault of chosen) {
    const isAsked = fault.timing !== 'late' || wishes.late || only !== undefined
    const result = isAsked ? await lab.try(fault) : leftOut(fault)
    results.push(result)
    say(line(fault, result))
  }
  const about = { target: server, at: new Date(began).toISOString(), took: Date.now() - began }
  const report = faultReport(results, about)
  say(`\n${asSummary(report)}`)
  for (const { verdict, title, attack, is, refusedBy } of report.results)
    if (verdict === 'hole') say(`\n${title}\n  ${attack}\n  Sent: ${is}. What must refuse it: ${refusedBy}.`)
  if (format) {
    const text = reports[format](report)
    if (output) writeFileSync(output, text)
    else process.stdout.write(text)
  }
  if (report.holes > 0) return 1
  return results.some(({ verdict, reason }) => verdict === 'untried' && reason !== notAsked) ? 2 : 0
}

/** Before minutes are spent on a report that has no place. */
function checkFolder(output: string): void {
  try {
    accessSync(dirname(output), constants.W_OK)
  } catch {
    throw new Error(`--output ${output}: nothing can be written in its folder.`)
  }
}

function faultOf(id: string): Fault {
  const fault = faults.find((one) => one.id === id)
  if (!fault) throw new Error(`There is no fault “${id}”. There are: ${faults.map((one) => one.id).join(', ')}.`)
  return fault
}

function leftOut({ id }: Fault): FaultResult {
  return { id, verdict: 'untried', by: [], was: '', is: '', reason: notAsked }
}

const verdicts: Readonly<Record<FaultResult['verdict'], string>> = {
  caught: 'caught',
  elsewhere: 'elsewhere',
  hole: 'ACCEPTED',
  untried: 'not tried',
}

function line({ id }: Fault, { verdict, by, status, code, reason }: FaultResult): string {
  const answer = [status, code].filter(Boolean).join(' ')
  const said =
    reason ?? [by.filter((one) => one !== code).join(', '), answer && `(${answer})`].filter(Boolean).join(' ')
  return `${verdicts[verdict].padEnd(10)} ${id.padEnd(31)} ${said}`.trimEnd()
}

function originOf(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin !== 'null') return origin
  throw new Error(`--origin “${text}” is no origin, such as https://acme.example.`)
}
