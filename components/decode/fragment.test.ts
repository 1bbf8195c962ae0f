import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { exampleNames } from './example-names.ts'
import { examples } from './examples.ts'
import { fromFragment, toFragment } from './fragment.ts'

test.each(examples)('$name comes out of a link as it went in', async ({ text }) => {
  expect(await fromFragment(`#${await toFragment(text)}`)).toBe(text)
})

test('a short text stays as it is, a long one is compressed, and any character comes through', async () => {
  expect(await toFragment('a¿🔑')).toBe('t=YcK_8J-UkQ')
  const long = '{"key":"🔑"}'.repeat(1_000)
  const fragment = await toFragment(long)
  expect(fragment).toMatch(/^z=[\w-]{1,200}$/)
  expect(await fromFragment(fragment)).toBe(long)
})

test('a fragment of another kind is none, and what is broken, or too long unpacked, is told as that', async () => {
  expect(await fromFragment('')).toBeUndefined()
  expect(await fromFragment('#main')).toBeUndefined()
  expect(await fromFragment('#t=a')).toBeNull()
  expect(await fromFragment('#z=AAAA')).toBeNull()
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')
  expect(await fromFragment(`#z=${bomb}`)).toBeNull()
})

test('each example has its button, in the same order', () => {
  expect(examples.map(({ name }) => name)).toEqual(exampleNames)
})
