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

/** Any text as one word of a shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Any text as a literal of TypeScript. */
export function literal(text: string): string {
  return /['\\]/.test(text) ? JSON.stringify(text) : `'${text}'`
}

/** The shell's words for a member of a JSON answer. */
export function memberOf(variable: string, member: string): string {
  return `$(printf %s "$${variable}" | sed -n 's/.*"${member}":"\\([^"]*\\)".*/\\1/p')`
}
