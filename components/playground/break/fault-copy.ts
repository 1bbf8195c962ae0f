import { command, shellWord } from '../../snippets/written.ts'
import type { Tried } from './lab-state.ts'
import type { BenchServer } from './trial.ts'

/** The call that carried the fault, as a command for a shell. The values of headers are secret: variables stand for them. */
export function curlOf({ call }: Tried, { mapping, apiKey }: BenchServer): string | undefined {
  if (!call) return undefined
  const names = Object.keys(mapping.headers ?? {})
  const headers = names.map((name) =>
    apiKey !== undefined && name === 'authorization'
      ? '-H "Authorization: Bearer $PLAYGROUND_API_KEY"'
      : `-H ${shellWord(`${name}: `)}"$${variableOf(name)}"`,
  )
  return command(
    `curl ${shellWord(call.url)}`,
    ...headers,
    ...(names.some((name) => name.toLowerCase() === 'content-type') ? [] : ["-H 'Content-Type: application/json'"]),
    `-d ${shellWord(call.body)}`,
  )
}

/** What became of it, with what was sent and each check, and nothing secret. */
export function jsonOf({ call: _, ...result }: Tried): string {
  return `${JSON.stringify(result, null, 2)}\n`
}

function variableOf(header: string): string {
  return header.toUpperCase().replace(/[^A-Z\d]+/g, '_')
}
