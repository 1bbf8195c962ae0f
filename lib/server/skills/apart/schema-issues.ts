import type { ErrorObject } from 'ajv/dist/2020.js'
import { beginningOf } from '#lib/webauthn/beginning.ts'

/** One thing that a value has against its schema: where, as a JSON Pointer (RFC 6901), and what, to go on from its name. */
export interface Issue {
  path: string
  message: string
}

const maxIssues = 20

/** What Ajv found, in words, each once. */
export function issuesOf(errors: readonly ErrorObject[] | null | undefined): Issue[] {
  const issues = new Map<string, Issue>()
  for (const error of errors ?? []) {
    const { path, message } = issueOf(error)
    const issue = { path: beginningOf(path, 256), message: beginningOf(message, 256) }
    issues.set(`${issue.path} ${issue.message}`, issue)
    if (issues.size === maxIssues) break
  }
  return [...issues.values()]
}

function issueOf({ keyword, instancePath, params, message = '' }: ErrorObject): Issue {
  const at = (name: unknown) => `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  switch (keyword) {
    case 'required':
      return { path: at(params.missingProperty), message: 'is missing' }
    case 'additionalProperties':
      return { path: at(params.additionalProperty), message: 'is not known here' }
    case 'unevaluatedProperties':
      return { path: at(params.unevaluatedProperty), message: 'is not known here' }
    case 'type':
      return { path: instancePath, message: `is no ${[params.type].flat().join(' or ')}` }
    case 'enum':
      return { path: instancePath, message: `is none of ${params.allowedValues.map(inWords).join(', ')}` }
    case 'minLength':
      return { path: instancePath, message: `must be ${params.limit} or more characters long` }
    case 'maxLength':
      return { path: instancePath, message: `must be ${params.limit} or less characters long` }
    case 'minimum':
      return { path: instancePath, message: `must be ${params.limit} or more` }
    case 'maximum':
      return { path: instancePath, message: `must be ${params.limit} or less` }
    case 'minItems':
      return { path: instancePath, message: `must be ${params.limit} or more entries long` }
    case 'maxItems':
      return { path: instancePath, message: `must be ${params.limit} or less entries long` }
    default:
      return { path: instancePath, message: message.replace(/^must NOT/, 'must not') }
  }
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
