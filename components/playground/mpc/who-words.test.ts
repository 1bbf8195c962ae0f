import { expect, test } from 'vitest'
import { signingSets, whoWords } from './who-words.ts'

const two = { threshold: 2, parties: ['device', 'server'] }
const three = { threshold: 2, parties: ['device', 'server', 'recovery'] }
const five = { threshold: 3, parties: ['device', 'server', 'recovery', 'hardware', 'partner'] }

test('who signs with the server is each smallest set', () => {
  const sets = (key: Parameters<typeof signingSets>[0]) => signingSets(key).map((set) => [...set].sort().join('+'))
  expect(sets(two)).toEqual(['device+server'])
  expect(sets(three)).toEqual(['device+server', 'recovery+server'])
  expect(sets(five)).toHaveLength(6)
})

test('a user who holds enough shares is told that they are the whole key, and nobody else is', () => {
  const whole = 'are the whole key, without the server'
  expect(whoWords(three, true)).toContain(`This device and your recovery file together ${whole}`)
  expect(whoWords(five, true)).toContain(`This device and two of them ${whole}`)
  expect(whoWords(two, true)).not.toContain(whole)
  expect(whoWords(three, false)).not.toContain(whole)
})
