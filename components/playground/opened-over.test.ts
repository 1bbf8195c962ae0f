import { afterEach, expect, test, vi } from 'vitest'
import { showExample } from './opened-over.tsx'
import type { Action } from './reduce.ts'

afterEach(() => vi.unstubAllGlobals())

/** What a page is told that has this origin. */
async function told(origin: string, secure: boolean): Promise<Action[]> {
  vi.stubGlobal('location', { origin })
  vi.stubGlobal('isSecureContext', secure)
  if (!secure) vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const actions: Action[] = []
  await showExample((action) => actions.push(action))
  return actions
}

test('an example is two runs, the sign-in on show', async () => {
  expect(await told('https://wallet.example', true)).toMatchObject([
    { type: 'restored', opened: 2, runs: [{ number: 1 }, { number: 2 }] },
  ])
})

test('a page without https is told that it gets no example, and where it would', async () => {
  expect(await told('http://192.168.1.20:3000', false)).toEqual([
    { type: 'noticed', notice: { title: 'There is no example.', note: expect.stringContaining('https') } },
  ])
})
