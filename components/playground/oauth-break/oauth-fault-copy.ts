import type { OAuthStep } from '../../oauth/faults/attacked-app.ts'
import type { OAuthResult } from '../../oauth/faults/oauth-fault.ts'
import { command, shellWord } from '../../snippets/written.ts'

/** The requests of an attempt as commands for a shell, each with what must come of it. Variables stand for what is secret. */
export function curlsOf({ steps }: Pick<OAuthResult, 'steps'>): string {
  const names = new Set(steps.flatMap(({ request }) => request?.fields.flatMap(([, value]) => variableIn(value)) ?? []))
  const setting = names.size ? [`# Of flows of your own: ${[...names].join(', ')}.`] : []
  return `${[...setting, ...steps.map(stepAsShell)].join('\n\n')}\n`
}

/** What became of it, with each request, and nothing secret. */
export function jsonOf(result: OAuthResult): string {
  return `${JSON.stringify(result, null, 2)}\n`
}

function stepAsShell({ words, part, must, request }: OAuthStep): string {
  const due = { honest: 'must be accepted', attack: `must be refused: ${must}`, shown: 'look at what comes' }[part]
  if (!request) return `# ${words}: ${due}, by the app itself, without a request.`
  return `# ${words}: ${due}\n${curl(request)}`
}

function curl({ method, url, fields }: NonNullable<OAuthStep['request']>): string {
  if (method === 'GET') return command(`curl -i ${shellWord(url)}`)
  return command(`curl ${shellWord(url)}`, ...fields.map(([name, value]) => `--data-urlencode ${field(name, value)}`))
}

function field(name: string, value: string): string {
  return variableIn(value).length ? `"${name}=${value}"` : shellWord(`${name}=${value}`)
}

/** The variable that a value is, where it is one. */
function variableIn(value: string): string[] {
  return /^\$[A-Z_\d]+$/.test(value) ? [value.slice(1)] : []
}
