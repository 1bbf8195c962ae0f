import type { Imported, RunRecord } from '../state.ts'
import { hasSecret } from '../without-secrets.ts'
import { keptOf, recordFrom } from './kept-run.ts'
import { runFormat, runVersion } from './run-file.ts'
import { runShape } from './run-shape.ts'
import { is, optional } from './shape.ts'

/** A ceremony’s file has some ten kilobytes, at the most some hundred. */
export const largest = 1_000_000

/**
 * The ceremony in a file that Export saved, on whichever machine, or why it cannot be taken, as a sentence. Nothing that is
 * written like an API key or a token comes in, wherever it stands.
 *
 * @param size of the whole file, where no more of it was read than can be taken
 */
export function readRunFile(content: string, size = content.length): RunRecord | { refused: string } {
  if (!content.trim()) return { refused: 'There is nothing in it.' }
  if (size > largest) return { refused: 'It is larger than 1 MB: the file of a run has some ten kilobytes.' }
  let file: unknown
  try {
    file = JSON.parse(content)
  } catch (error) {
    return { refused: `It is no JSON: ${(error as Error).message}` }
  }
  const mistake = mistakeIn(file, content)
  if (mistake) return { refused: mistake }
  const { run, server, browser } = file as { run: unknown; server?: string; browser?: string }
  const record = recordFrom(run)
  if (!record) return { refused: 'It holds no run that this page can show.' }
  const imported: Imported = {
    number: record.number,
    ...(server === undefined ? {} : { server }),
    ...(browser === undefined ? {} : { browser }),
  }
  // Through the same sieve as what leaves: what a passkey gave in secret does not come in, either.
  return { ...record, ...keptOf(record), imported }
}

const baseUrl = is('the address of a server', (value) => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && !username && !password && value.length <= 512
})
const short = is('a text of at most 512 characters', (value) => typeof value === 'string' && value.length <= 512)

function mistakeIn(file: unknown, content: string): string | undefined {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return 'It is JSON, but no run.'
  const { format, version, run, server, browser, log } = file as Record<string, unknown>
  if (log !== undefined && format === undefined)
    return 'It is an HTTP archive, which holds the calls alone: import what Export saved as JSON.'
  if (format !== runFormat) return `It is not of the format ${runFormat}, which Export saves as JSON.`
  if (version !== runVersion)
    return `It has ${typeof version === 'number' ? `version ${version}` : 'no version'}; this page reads version ${runVersion}.`
  // JSON may write any letter by its number: what is shown as it is read, is looked at as it is read.
  if ([content, server, browser].some((text) => typeof text === 'string' && hasSecret(text)))
    return 'It holds what is written like an API key or a token: the file of a run has none. Take it out.'
  const wrong = optional(baseUrl)(server, 'server') ?? optional(short)(browser, 'browser') ?? runShape(run, 'run')
  return wrong && `It is not as a run is: ${wrong}.`
}
