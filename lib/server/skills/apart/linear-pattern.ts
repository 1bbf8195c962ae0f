import { RE2JS } from 're2js'

/**
 * An expression of a schema, for Ajv, made and matched in time that grows with its length and the text's: JavaScript's own
 * may backtrack for ever, and nothing ends V8 while it compiles one. It knows RE2's syntax; what JSON Schema advises
 * against is not in it (look-around, back-references), nor counts over 1,000.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 * @throws Error that says why an expression is not taken
 */
function linearPattern(pattern: string): { test: (text: string) => boolean } {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern))
  } catch (error) {
    const why = (error as Error).message.replace(/^error parsing regexp: /, '')
    throw new Error(`an expression is not taken: ${why} (look-around, back-references and counts over 1,000 never are)`)
  }
}

export const linear = Object.assign(linearPattern, { code: 'linearPattern' })
