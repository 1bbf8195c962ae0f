import { expect, test } from 'vitest'
import { beyondFreezing, policyWords, signsWithoutServer, whoSigns } from './mpc-key-words.ts'

const shapes = [
  { threshold: 2, parties: ['device', 'server'] },
  { threshold: 2, parties: ['device', 'server', 'recovery'] },
  { threshold: 3, parties: ['device', 'server', 'recovery', 'hardware', 'partner'] },
] as const
const [both, two, three] = shapes.map(({ threshold, parties }) => ({ threshold, parties: [...parties] }))

test('who signs with whom is said for each shape of a key', () => {
  expect([both, two, three].map((shape) => shape && whoSigns(shape))).toEqual([
    'Device and server sign together, and neither without the other.',
    'Any 2 of device, server and recovery sign together; one alone signs nothing.',
    'Any 3 of device, server, recovery, hardware and partner sign together; fewer sign nothing.',
  ])
})

test('what a frozen key leaves to its user is not hidden', () => {
  expect([both, two, three].map((shape) => shape && signsWithoutServer(shape))).toEqual([false, true, true])
  expect(both && beyondFreezing(both)).toMatch(/nobody can sign/)
  expect(two && beyondFreezing(two)).toContain('device and recovery can still take the key out')
})

test('a policy says what a signature needs, and how often', () => {
  expect(policyWords({ approval: 'always', maxPerHour: null })).toBe(
    'A passkey approves each signature, as often as asked',
  )
  expect(policyWords({ approval: 'never', maxPerHour: 1200 })).toBe('The user’s token is enough, 1,200 an hour at most')
})
