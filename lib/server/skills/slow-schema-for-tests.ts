const nest = (depth: number): unknown => (depth ? { a: nest(depth - 1) } : 1)

/** References that double at each level of a value, and a value with thirty: more than any time is enough for. */
export const slowSchema = {
  $ref: '#/$defs/n',
  $defs: {
    n: { anyOf: [{ $ref: '#/$defs/m' }, { $ref: '#/$defs/m' }] },
    m: { properties: { a: { $ref: '#/$defs/n' } }, type: 'object' },
  },
}
export const slowValue = nest(30)
