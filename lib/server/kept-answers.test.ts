import { afterEach, expect, test } from 'vitest'
import { clock } from './clock.ts'
import { keepAnswers } from './kept-answers.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

function asker() {
  const keep = keepAnswers<number>((answer) => answer >= 100)
  let asked = 0
  const ask = (name: string, answer: number) =>
    keep(name, async () => {
      asked++
      return answer
    })
  return { ask, asked: () => asked }
}

test('what was dear is given to whoever asks within a minute, and made anew behind it', async () => {
  clock.now = () => 1_000_000
  const { ask, asked } = asker()
  expect([await ask('one', 100), await ask('one', 101), asked()]).toEqual([100, 100, 1])
  clock.now = () => 1_060_000
  expect([await ask('one', 102), asked()]).toEqual([102, 2])
})

test('what was cheap, is of something else, or failed is made anew', async () => {
  const { ask, asked } = asker()
  expect([await ask('one', 99), await ask('one', 100), await ask('other', 200), asked()]).toEqual([99, 100, 200, 3])
  const keep = keepAnswers<number>(() => true)
  await expect(keep('one', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await keep('one', async () => 1)).toBe(1)
})

test('of more than a thousand the oldest go', async () => {
  const { ask, asked } = asker()
  for (let at = 0; at <= 1_000; at++) await ask(`${at}`, 100)
  await ask('1', 100)
  expect(asked()).toBe(1_001)
  await ask('0', 100)
  expect(asked()).toBe(1_002)
})
