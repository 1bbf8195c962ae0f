import { expect, test } from 'vitest'
import { publicKey, suiteNames, verify } from './index.ts'
import { newKey, sign } from './whole-key.ts'

test.each(suiteNames)('two of three parties make a key of %s and sign with it', async (suite) => {
  const made = await newKey({ suite, threshold: 2, parties: ['device', 'server', 'recovery'] })
  const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
  const signature = sign(made, ['device', 'server'], message)
  expect(signature).toHaveLength(64)
  expect(verify(suite, signature, message, publicKey(made.key))).toBe(true)
  expect(verify(suite, signature, new Uint8Array(3), publicKey(made.key))).toBe(false)
})
