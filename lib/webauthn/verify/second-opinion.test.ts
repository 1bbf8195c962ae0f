import { expect, test } from 'vitest'
import { secondOpinion } from './second-opinion.ts'

test('a refusal of the statement is a verdict on it, and one before it is none', async () => {
  const proof = async (message: string) => (await secondOpinion(() => Promise.reject(new Error(message)))).proof
  expect(await proof('Certificate not good after "2021" (Packed|Full)')).toBe(false)
  expect(await proof('x5c could not be chained to any specified trust anchor (Apple)')).toBe(false)
  expect(await proof('Single-device credential indicated that it was backed up, which should be impossible.')).toBe(
    true,
  )
  expect(await proof('Unexpected registration response origin "Certificate not good after (TPM)"')).toBeUndefined()
  expect(await proof('never seen before')).toBeUndefined()
})

test('a client cannot write its way into a listed difference', async () => {
  for (const message of [
    'Unexpected registration response type: Unexpected tokenBinding status x',
    'x\nFloat16 data is unsupported',
  ])
    expect((await secondOpinion(() => Promise.reject(new Error(message)))).outcome).toBe('refused')
})

test('a difference is one only where nothing else is refused', async () => {
  let asked = 0
  const ask = (then: () => Promise<{ verified: boolean }>) => () =>
    asked++ % 2 === 0 ? Promise.reject(new Error('Unexpected tokenBinding status x')) : then()
  expect(await secondOpinion(ask(async () => ({ verified: true })))).toMatchObject({ outcome: 'differs', proof: true })
  expect(await secondOpinion(ask(async () => ({ verified: false })))).toMatchObject({
    outcome: 'refused',
    proof: false,
  })
  expect(await secondOpinion(ask(() => Promise.reject(new Error('Unexpected RP ID hash'))))).toMatchObject({
    outcome: 'refused',
    reason: 'another RP ID',
  })
})
