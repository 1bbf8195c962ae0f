import type { Page } from '@playwright/test'
import { runInPage } from '../snippet-page.ts'
import { runWithPerson, visitor } from '../snippet-person.ts'
import type { Language } from '../snippet-project.ts'
import { runCompiled } from './compiled.ts'
import type { Block } from './fences.ts'
import { runPlaywright } from './playwright.ts'
import type { Reader } from './reader.ts'
import { difference } from './same-shape.ts'

/** The ways in which blocks are run; those of one way are one program, in the order of the page. */
export const ways = ['sh', 'ts', 'python', 'page', 'playwright', 'go', 'java'] as const
export type Way = (typeof ways)[number]

export function wayOf({ fence }: Block): Way {
  const way = ways.find((one) => one === (fence.with ?? fence.language))
  if (!way) throw new Error(`Nothing runs a block with “${fence.with}”.`)
  return way
}

const mark = '\u241e'
const languages = { sh: 'curl', ts: 'TypeScript', python: 'Python' } as const
const marking: Record<keyof typeof languages, (at: number) => string> = {
  sh: (at) => `printf '\\n${mark}${at}\\n'`,
  ts: (at) => `console.log('\\n${mark}${at}')`,
  python: (at) => `print('\\n${mark}${at}', flush=True)`,
}

/**
 * Runs the blocks of one way of a page as a reader would who takes them one after the other: what one makes, the next has.
 *
 * @throws Error with the line of a block that fails, refuses, or prints something else than the page says
 */
export async function run(way: Way, blocks: readonly Block[], reader: Reader): Promise<void> {
  const told = blocks.map(({ output, code, ...block }) => ({
    ...block,
    code: filled(code, reader),
    output: output && { ...output, text: filled(output.text, reader) },
  }))
  if (way === 'go' || way === 'java') return runCompiled(way, told)
  if (way === 'playwright') return runPlaywright(told, reader)
  if (way === 'page') return inPage(told, reader)
  const installing = told.map(installs)
  for (const commands of installing) for (const command of commands) await reader.project.install(command)
  const program = told.map(({ code }, at) => [marking[way](at), withoutInstalls(code)].join('\n')).join('\n\n')
  const output = await runProgram(languages[way], way === 'sh' ? `set -eu\n${program}` : program, reader)
  const printed = output.split(new RegExp(`\\n?${mark}\\d+\\n`)).slice(1)
  for (const [at, block] of told.entries()) check(block, printed[at] ?? '')
}

function runProgram(language: Language, program: string, { project, browser, env }: Reader): Promise<string> {
  return runWithPerson(project, browser, language, program, env)
}

async function inPage(blocks: readonly Block[], { project, browser, baseUrl, demoKey }: Reader): Promise<void> {
  const { context, page } = await visitor(browser, { hasPrf: true })
  const file = await project.write('TypeScript', blocks.map(({ code }) => code).join('\n'))
  const printed = await runInPage(page satisfies Page, baseUrl, file, demoKey)
  await context.close()
  const last = blocks.at(-1)
  if (last) check(last, typeof printed === 'string' ? printed : JSON.stringify(printed))
}

/** A block that prints what the page does not say may print anything but a refusal. */
function check({ output, line }: Block, printed: string): void {
  const told = output ? difference(output, printed.trim()) : /"requestId":\s*"/.exec(printed) && printed
  if (told) throw new Error(`Line ${output?.line ?? line}: ${told}`)
}

const install = /^(?:npm|pip) install .+$/gm

function installs({ code, fence }: Block): string[] {
  return fence.language === 'sh' ? (code.match(install) ?? []) : []
}

function withoutInstalls(code: string): string {
  return code.replace(install, '')
}

function filled(code: string, { baseUrl, demoKey }: Reader): string {
  return code.replaceAll('http://localhost:3000', baseUrl).replaceAll('sk_test_YOUR_KEY', demoKey)
}
