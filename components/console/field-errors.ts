import type { Refusal } from './explain.ts'

export interface FieldErrors {
  /** What is wrong with a field of the request, and with what is below it, as a sentence about `subject`. */
  of: (field: string, subject: string) => string | undefined
  /** What is wrong with a list as a whole, where its entries say themselves what is wrong with them. */
  itself: (field: string, subject: string) => string | undefined
  /** What none of the fields can show. */
  rest: Refusal | undefined
}

/** Lays a refusal's issues beside the fields that they are about: `allowedIps.3` belongs to `allowedIps`. */
export function fieldErrors(error: Refusal | undefined, fields: readonly string[]): FieldErrors {
  const issues = error?.issues ?? []
  const others = issues.filter(({ path }) => !fields.some((field) => belongs(path, field)))
  const settled = issues.length > 0 && others.length === 0
  const said = (about: (path: string) => boolean, subject: string) =>
    issues
      .filter(({ path }) => about(path))
      .map(({ message }) => (message.startsWith('“') ? `${message}.` : `${subject} ${message}.`))
      .join(' ') || undefined
  return {
    of: (field, subject) => said((path) => belongs(path, field), subject),
    itself: (field, subject) => said((path) => path === field, subject),
    rest: error && !settled ? { ...error, issues: others } : undefined,
  }
}

function belongs(path: string, field: string): boolean {
  return path === field || (path.startsWith(field) && /[.[/]/.test(path.charAt(field.length)))
}
