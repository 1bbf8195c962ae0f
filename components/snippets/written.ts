import { packagePaths } from '#lib/contract/packages.ts'

/** TypeScript that is complete: how to install what it imports, then its lines. */
export function typescript(baseUrl: string, ...lines: string[]): string {
  return [`// npm install ${baseUrl}${packagePaths.sdk}`, ...lines].join('\n')
}

/** Python that is complete, likewise. */
export function python(baseUrl: string, ...lines: string[]): string {
  return [`# pip install ${baseUrl}${packagePaths.wheel}`, ...lines].join('\n')
}

/** A command whose parts stand on lines of their own. */
export function command(...parts: string[]): string {
  return parts.join(' \\\n  ')
}

/** A call with the key in PLAYGROUND_API_KEY, which is in no argument: those can be read by everyone on a machine. */
export function keyedCall(url: string, ...parts: string[]): string {
  return command('printf "Authorization: Bearer %s" "$PLAYGROUND_API_KEY" |', `curl -sS ${url}`, '-H @-', ...parts)
}

/** A POST of JSON, likewise. */
export function keyedCurl(url: string, data: string): string {
  return keyedCall(url, '-H "Content-Type: application/json"', `-d ${data}`)
}

/** Any text as one word of a shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Any text as a literal of TypeScript. */
export function literal(text: string): string {
  return /['\\\r\n]/.test(text) ? JSON.stringify(text) : `'${text}'`
}

/** JSON as an expression of TypeScript. */
export function typescriptValue(value: unknown): string {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return `[${value.map(typescriptValue).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const nameOf = (name: string) => (isName(name) ? name : literal(name))
  const members = Object.entries(value).map(([name, member]) => `${nameOf(name)}: ${typescriptValue(member)}`)
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
}

/** What leads to a member of that name, in TypeScript. */
export function memberName(name: string): string {
  return isName(name) ? `.${name}` : `[${literal(name)}]`
}

function isName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text)
}

/** JSON as an expression of Python. */
export function pythonValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === null) return 'None'
  if (typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${pythonValue(member)}`)
  return `{${members.join(', ')}}`
}

/** The shell's words for a member of a JSON answer. */
export function memberOf(variable: string, member: string): string {
  return `$(printf %s "$${variable}" | sed -n 's/.*"${member}":"\\([^"]*\\)".*/\\1/p')`
}
