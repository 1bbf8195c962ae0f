import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { faultReport } from '#lib/webauthn/faults/fault-report.ts'
import {
  type Fault,
  FaultLab,
  type FaultResult,
  faults,
  httpTarget,
  lateAfter,
  type TargetMapping,
} from '#lib/webauthn/faults/index.ts'
import { asJUnit, asMarkdown, asSummary, type FaultReport } from '#lib/webauthn/faults/report.ts'
import { type MappingWishes, mappingOf } from './fault-mapping.ts'
import { withCookies } from './with-cookies.ts'

interface Wishes extends MappingWishes {
  origin?: string
  rpId?: string
  only?: string[]
  /** Seconds. */
  late?: number
  timeout: number
  report?: keyof typeof reports
  output?: string
}

const reports = {
  json: (report: FaultReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: asMarkdown,
  junit: asJUnit,
}

const notAsked = 'Left out: it waits more than five minutes. --late tries it.'
const stopped = 'Stopped before it was tried.'

/**
 * The command `playground-faults`: tries every fault on a server and says what became of each. A report goes to its file, or
 * else to standard output; what is for people goes to the other. Ctrl-C ends it with a report on what was tried until then.
 *
 * @returns the process's exit code: 0 where all is refused that must be, 1 where something was accepted, 2 where something
 *   could not be tried, be it for how it was called, 130 where it was stopped
 */
export async function faultsCommand(words: string[]): Promise<number> {
  let code = 2
  const program = new Command('playground-faults')
    .description('Puts a WebAuthn server to the test: what it must refuse is sent, and it is told what it accepts.')
    .option('--url <base>', 'where the server is; URLs of a mapping are relative to it')
    .addOption(
      new Option('--api-key <key>', 'a test key of the Playground’s server; goes to that of --url alone').env(
        'PLAYGROUND_API_KEY',
      ),
    )
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
    .addOption(
      new Option('--late [seconds]', 'also answer a ceremony once it is over, by default after five minutes')
        .preset(String(lateAfter / 1_000))
        .argParser(secondsOf),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long the server may take for an answer').default(30).argParser(secondsOf),
    )
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
    console.error(printable((error as Error).message))
    return 2
  }
}

async function run(wishes: Wishes): Promise<number> {
  const { only, report: format, output, apiKey } = wishes
  if (output && !format) throw new Error('--output needs --report: json, markdown or junit.')
  if (output) makeRoom(output)
  const chosen = only ? only.map(faultOf) : faults
  const mapping = mappingOf(wishes)
  const server = new URL(mapping.registration.begin.url).origin
  const origin = wishes.origin ? originOf(wishes.origin) : server
  const print = format && !output ? console.error : console.log
  const say = (text: string) => print(printable(text))

  const ending = new AbortController()
  const end = () => ending.abort()
  process.once('SIGINT', end)
  try {
    const lab = new FaultLab(reached(mapping, wishes, ending.signal, say), {
      ...{ origin, rpId: wishes.rpId },
      wait: (milliseconds) =>
        wait<void>(wishes.late ? wishes.late * 1_000 : milliseconds, undefined, { signal: ending.signal }),
    })
    say(`${server}, as a page of ${origin}. The users that this makes are called ${lab.username}…`)
    if (apiKey && !wishes.mapping) for (const other of keyless(mapping)) say(`The key does not go to ${other}.`)
    say('')

    await lab.prepare()
    const began = Date.now()
    const results: FaultResult[] = []
    for (const fault of chosen) {
      const isAsked = fault.timing !== 'late' || wishes.late !== undefined || only !== undefined
      const result = isAsked ? await lab.try(fault) : untried(fault, notAsked)
      const isStopped = ending.signal.aborted && result.verdict === 'untried'
      results.push(isStopped ? untried(fault, stopped) : result)
      if (!isStopped) say(line(fault, result))
    }
    const about = { target: server, at: new Date(began).toISOString(), took: Date.now() - began }
    const report = faultReport(results, about)
    say(`\n${ending.signal.aborted ? 'Stopped: ' : ''}${asSummary(report)}`)
    for (const { verdict, title, attack, is, refusedBy } of report.results)
      if (verdict === 'hole') say(`\n${title}\n  ${attack}\n  Sent: ${is}. What must refuse it: ${refusedBy}.`)
    if (format) {
      const text = reports[format](report)
      if (output) writeFileSync(output, text)
      else process.stdout.write(text)
    }
    if (ending.signal.aborted) return 130
    if (report.holes > 0) return 1
    return results.some(({ verdict, reason }) => verdict === 'untried' && reason !== notAsked) ? 2 : 0
  } catch (error) {
    if (!ending.signal.aborted) throw error
    say('Stopped before anything was tried.')
    return 130
  } finally {
    process.off('SIGINT', end)
  }
}

/** Lines without what a terminal takes for a command: a server may have written any of it. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, ' ')
}

/** The server, with its cookies, as long as nobody ends it. */
function reached(mapping: TargetMapping, { timeout }: Wishes, ending: AbortSignal, say: (line: string) => void) {
  const fetch: typeof globalThis.fetch = (input, init) =>
    globalThis.fetch(input, { ...init, signal: AbortSignal.any([ending, AbortSignal.timeout(timeout * 1_000)]) })
  const waitAloud = (milliseconds: number) => {
    say(`           the server takes further calls in ${Math.ceil(milliseconds / 1_000)} s`)
    return wait<void>(milliseconds, undefined, { signal: ending })
  }
  return httpTarget(mapping, { fetch: withCookies(fetch), wait: waitAloud })
}

/** Where calls go that the key does not go along with. */
function keyless({ registration, authentication }: TargetMapping): Set<string> {
  const calls = [registration, authentication].flatMap(({ begin, finish }) => [begin, finish])
  return new Set(calls.filter(({ headers = {} }) => !headers.authorization).map(({ url }) => new URL(url).origin))
}

/** Before minutes are spent on a report that has no place. */
function makeRoom(output: string): void {
  try {
    mkdirSync(dirname(output), { recursive: true })
    accessSync(dirname(output), constants.W_OK)
  } catch {
    throw new Error(`--output ${output}: nothing can be written in its folder.`)
  }
  if (statSync(output, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`--output ${output} is a folder.`)
}

function faultOf(id: string): Fault {
  const fault = faults.find((one) => one.id === id)
  if (!fault) throw new Error(`There is no fault “${id}”. There are: ${faults.map((one) => one.id).join(', ')}.`)
  return fault
}

function untried({ id }: Fault, reason: string): FaultResult {
  return { id, verdict: 'untried', by: [], was: '', is: '', reason }
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

function secondsOf(text: string): number {
  const seconds = Number(text)
  if (text.trim() && seconds > 0 && seconds <= 3_600) return seconds
  throw new InvalidArgumentError('Seconds are a number from more than 0 to 3600.')
}

function originOf(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin !== 'null') return origin
  throw new Error(`--origin “${text}” is no origin, such as https://acme.example.`)
}
