import type { Refusal } from '../explain.ts'

export interface FieldErrors {
  /** What is wrong with a field of the request, as a sentence about `subject`. */
  of: (field: string, subject: string) => string | undefined
  /** What none of the fields can show. */
  rest: Refusal | undefined
}

/** Lays a refusal's issues beside the fields that they are about: `allowedIps.3` belongs to `allowedIps`. */
export function fieldErrors(error: Refusal | undefined, fields: readonly string[]): FieldErrors {
  const fieldOf = (path: string) => path.split(/[.[/]/)[0] ?? ''
  const others = error?.issues.filter(({ path }) => !fields.includes(fieldOf(path))) ?? []
  const settled = error !== undefined && error.issues.length > 0 && others.length === 0
  return {
    of(field, subject) {
      const messages = error?.issues.filter(({ path }) => fieldOf(path) === field).map(({ message }) => message)
      return messages?.length
        ? messages
            .map((message) => (message.startsWith('“') ? message : `${subject} ${message}`))
            .join('. ')
            .concat('.')
        : undefined
    },
    rest: error && !settled ? { ...error, issues: others } : undefined,
  }
}
