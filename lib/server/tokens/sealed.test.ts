import { expect, test } from 'vitest'
import { seal, unseal } from './sealed.ts'

test('what was sealed opens for its purpose, and looks like nothing', () => {
  const sealed = seal('{"d":"secret"}', 'signing-key:1')
  expect(unseal(sealed, 'signing-key:1')).toBe('{"d":"secret"}')
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('secret')
  expect(unseal(seal('', 'x'), 'x')).toBe('')
  expect(unseal(seal('ключ 🔑', 'x'), 'x')).toBe('ключ 🔑')
})

test('the same text is sealed anew each time', () => {
  expect(seal('text', 'x')).not.toBe(seal('text', 'x'))
})

test('it does not open for another purpose', () => {
  const sealed = seal('text', 'signing-key:1')
  expect(() => unseal(sealed, 'signing-key:2')).toThrow()
  expect(unseal(sealed, 'signing-key:1')).toBe('text')
})

test('it does not open when any byte of it was changed, or some are missing', () => {
  const sealed = Buffer.from(seal('text', 'x'), 'base64url')
  for (let place = 0; place < sealed.length; place++) {
    const changed = Buffer.from(sealed)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(() => unseal(changed.toString('base64url'), 'x')).toThrow()
    expect(() => unseal(sealed.subarray(0, place).toString('base64url'), 'x')).toThrow()
  }
})
