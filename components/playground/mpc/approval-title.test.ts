import { expect, test } from 'vitest'
import { action } from '#lib/contract/action.ts'
import { approvalTitle } from './approval-title.ts'

const accepted = (title: string) =>
  action.safeParse({ type: 'mpc.sign', keyId: 'mpk_1', messageHash: 'A'.repeat(43), display: { title, lines: [] } })
    .success

test('a message is shown as one line', () => {
  expect(approvalTitle('Pay 12.50 USDC to Globex')).toBe('Pay 12.50 USDC to Globex')
  expect(approvalTitle(' Pay\n\t12.50  USDC ')).toBe('Pay 12.50 USDC')
  expect(approvalTitle('a'.repeat(60))).toBe('a'.repeat(60))
  expect(approvalTitle('a'.repeat(61))).toBe(`${'a'.repeat(59)}…`)
})

test.each([
  ['a pair of surrogates at the cut', `${'a'.repeat(58)}😀😀😀`, `${'a'.repeat(58)}😀…`],
  ['what is joined of several characters', '👨‍👩‍👧', 'A message of 18 bytes'],
  ['white space alone', '  \n', 'A message of 3 bytes'],
  ['a lone surrogate', '\ud800', 'A message of 3 bytes'],
  ['what nobody sees', 'a\u202eb', 'A message of 5 bytes'],
])('%s makes no title that the server refuses', (_, message, title) => {
  expect(approvalTitle(message)).toBe(title)
  expect(accepted(title)).toBe(true)
})
