import { createHash } from 'node:crypto'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Given, Result } from './job.ts'
import { linear } from './linear-pattern.ts'
import { type Issue, issuesOf } from './schema-issues.ts'

// Schemas and values that strangers wrote: only in a thread that can be ended.

const kept = 64

// By the hash of the schema's text, the one that was used longest ago first.
const compiled = new Map<string, ValidateFunction>()

/** Says what is wrong with a schema, as a JSON Pointer into it. */
export function checkSchema({ schema }: Given<'schema'>): Result<'schema'> {
  const ajv = newAjv()
  const parsed = JSON.parse(schema)
  if (ajv.validateSchema(parsed) !== true) return { issues: issuesOf(ajv.errors) }
  try {
    ajv.compile(parsed)
    return { issues: [] }
  } catch (error) {
    return { issues: [{ path: '', message: (error as Error).message }] }
  }
}

/** Checks JSON against a schema that `checkSchema` found nothing wrong with. */
export function checkValue({ schema, json }: Given<'value'>): Result<'value'> {
  let value: unknown
  let text: string
  try {
    value = JSON.parse(typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true }).decode(json))
    text = JSON.stringify(value)
  } catch {
    return { issues: [], json: null }
  }
  return { issues: issuesWith(schema, value), json: text }
}

function issuesWith(schema: string, value: unknown): Issue[] {
  try {
    const validate = validatorOf(schema)
    return validate(value) ? [] : issuesOf(validate.errors)
  } catch (error) {
    // Too deep for the stack: it takes too much.
    if (error instanceof RangeError) throw error
    return [{ path: '', message: `cannot be checked: ${(error as Error).message}` }]
  }
}

function validatorOf(schema: string): ValidateFunction {
  const hash = createHash('sha256').update(schema).digest('base64url')
  const validate = compiled.get(hash) ?? newAjv().compile(JSON.parse(schema))
  compiled.delete(hash)
  compiled.set(hash, validate)
  const [oldest] = compiled.keys()
  if (compiled.size > kept && oldest !== undefined) compiled.delete(oldest)
  return validate
}

/**
 * One for each schema, so that none knows another's names. References are not written out where they stand: a schema of a
 * few lines could be made into one of millions. A `format` says what a text is for, and is not checked.
 */
function newAjv(): Ajv2020 {
  return new Ajv2020({
    allErrors: true,
    strict: false,
    validateFormats: false,
    inlineRefs: false,
    logger: false,
    meta: true,
    code: { regExp: linear },
  })
}
