import { expect, test } from 'vitest'
import { decodeClientData } from './client-data.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const valid = {
  type: 'webauthn.get',
  challenge: 'AAECAwQFBgcICQoLDA0ODw',
  origin: 'https://example.com',
  crossOrigin: false,
}
const errors = (value: unknown) => decodeClientData(utf8(JSON.stringify(value))).errors

test('well-formed client data has no errors, and every member has its words and its bytes', () => {
  const bytes = utf8(JSON.stringify({ ...valid, ünknown: { deep: [1] } }))
  const { node, value, errors } = decodeClientData(bytes)
  expect(errors).toEqual([])
  expect(value).toMatchObject(valid)
  expect(
    node.children?.map(({ name, range }) => [name, new TextDecoder().decode(bytes.subarray(...(range ?? [])))]),
  ).toEqual([
    ['type', '"type":"webauthn.get"'],
    ['challenge', '"challenge":"AAECAwQFBgcICQoLDA0ODw"'],
    ['origin', '"origin":"https://example.com"'],
    ['crossOrigin', '"crossOrigin":false'],
    ['ünknown', '"ünknown":{"deep":[1]}'],
  ])
  expect(node.children?.every(({ note }) => note)).toBe(true)
})

test('a byte order mark is told of and passed over', () => {
  const { node, value, errors } = decodeClientData(utf8(`\ufeff${JSON.stringify(valid)}`))
  expect(errors).toEqual([])
  expect(value).toEqual(valid)
  expect(node.note).toMatch(/byte order mark/)
  expect(node.children?.[0]?.range).toEqual([4, 25])
})

test('what is not UTF-8, not JSON or not an object has no value', () => {
  for (const [bytes, error] of [
    [Uint8Array.of(0x22, 0xff, 0x22), 'clientDataJSON: not UTF-8'],
    [utf8('{"type":'), 'clientDataJSON: not JSON'],
    [utf8(''), 'clientDataJSON: not JSON'],
    [utf8('[]'), 'clientDataJSON: JSON, but not an object'],
    [utf8('null'), 'clientDataJSON: JSON, but not an object'],
  ] as const) {
    const decoded = decodeClientData(bytes)
    expect(decoded.errors).toEqual([error])
    expect(decoded.value).toBeUndefined()
  }
})

test('a member that is missing or of the wrong type is an error', () => {
  expect(errors({})).toEqual(['type: missing', 'challenge: missing', 'origin: missing'])
  expect(errors({ ...valid, type: 1 })).toEqual(['type: text is needed'])
  expect(errors({ ...valid, challenge: 'a+b=' })).toEqual(['challenge: not base64url without padding'])
  expect(errors({ ...valid, origin: null })).toEqual(['origin: text is needed'])
  expect(errors({ ...valid, crossOrigin: 'false' })).toEqual(['crossOrigin: true or false is needed'])
  expect(errors({ ...valid, topOrigin: [] })).toEqual(['topOrigin: text is needed'])
})

test('a member that is written twice is an error', () => {
  const { errors } = decodeClientData(utf8(JSON.stringify(valid).replace('}', ',"origin":"https://other.example"}')))
  expect(errors).toEqual(['origin: written twice: readers would disagree about which one counts'])
})

test('a member that is named like an object’s own machinery stays an ordinary member', () => {
  const { value, errors } = decodeClientData(utf8('{"__proto__":{"type":"webauthn.get"},"constructor":1}'))
  expect(errors).toContain('type: missing')
  expect(value?.type).toBeUndefined()
})

test('sixty-four members are read, and not one more', () => {
  const more = (members: number) => Object.fromEntries(Array.from({ length: members }, (_, at) => [`extra ${at}`, at]))
  expect(errors({ ...valid, ...more(60) })).toEqual([])
  expect(errors({ ...more(1300), ...valid })).toEqual(['clientDataJSON: 1,304 members, where at most 64 are read'])
  expect(decodeClientData(utf8(JSON.stringify(more(1300)))).node.children).toHaveLength(67)
})

test('what is nested sixteen deep is read, and nothing deeper', () => {
  const nested = (levels: number) =>
    decodeClientData(
      utf8(JSON.stringify(valid).replace('}', `,"deep":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`)),
    )
  expect(nested(16)).toMatchObject({ errors: [], value: valid })
  for (const levels of [17, 4_000]) {
    expect(nested(levels)).toMatchObject({ errors: ['clientDataJSON: nested more than 16 deep'] })
    expect(nested(levels).value).toBeUndefined()
  }
})

test('what stands before a cut is shown, with its bytes, and the value that is cut says so', () => {
  const bytes = utf8(`\ufeff${JSON.stringify({ ...valid, origin: 'https://münchen.example' })}`)
  const cutIn = (text: string, more = 0) =>
    decodeClientData(bytes.slice(0, new TextDecoder().decode(bytes).indexOf(text) + 3 + text.length + more))
  const { node, value, errors } = cutIn('https://m', 1)
  expect(value).toBeUndefined()
  expect(errors).toEqual([
    'clientDataJSON: not UTF-8: it ends before its object does',
    'origin: the text ends before the value does',
  ])
  expect(node.children?.map(({ name, value }) => [name, value])).toEqual([
    ['type', valid.type],
    ['challenge', valid.challenge],
    ['origin', 'https://m'],
  ])
  const origin = cutIn('https://m')
  expect(origin.errors[0]).toBe('clientDataJSON: not JSON: it ends before its object does')
  const { range } = origin.node.children?.at(-1) ?? {}
  expect(new TextDecoder().decode(bytes.slice(...(range ?? [])))).toBe('"origin":"https://m')
})
