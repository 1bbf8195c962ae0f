import { afterEach, expect, test } from 'vitest'
import { runScript } from '../../setup/run-script.ts'
import { clock } from '../clock.ts'
import { currentKey, jwks, publicKey, rotate, tokenSeconds } from './signing-keys.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

const kids = async () => (await jwks(0)).keys.map(({ kid }) => kid)

test('there is a current and a next key from the first use on, and many first uses at once agree', async () => {
  const first = await Promise.all(Array.from({ length: 8 }, () => jwks(0)))
  expect(new Set(first.map(({ keys }) => JSON.stringify(keys))).size).toBe(1)
  expect(await kids()).toHaveLength(2)
})

test('a rotation makes the next key current, publishes another, and keeps the retired one', async () => {
  const before = await kids()
  const old = (await currentKey()).kid
  const turned = await rotate()
  expect(before).toContain(turned.current)
  expect(turned.current).not.toBe(old)
  expect(before).not.toContain(turned.next)
  expect((await currentKey()).kid).toBe(turned.current)
  expect(await kids()).toEqual(expect.arrayContaining([old, turned.current, turned.next]))
})

test('a retired key is published until its last token has expired, and then is gone', async () => {
  const old = (await currentKey()).kid
  await rotate()
  const retired = now()
  clock.now = () => retired + tokenSeconds * 1000
  expect(await kids()).toContain(old)
  expect(await publicKey(old)).toBeDefined()
  clock.now = () => retired + (tokenSeconds + 600) * 1000
  expect(await kids()).not.toContain(old)
  expect(await publicKey(old)).toBeUndefined()
  expect(await kids()).toHaveLength(2)
})

test('rotations at once each take a turn, and one key signs in the end', async () => {
  const turns = await Promise.all([rotate(), rotate(), rotate()])
  expect(new Set(turns.map(({ next }) => next)).size).toBe(3)
  const { kid } = await currentKey()
  expect(await kids()).toContain(kid)
})

const hour = 3_600_000

/** Another process rotates, and says which key signs from then on. */
async function rotateElsewhere(): Promise<string> {
  const { stdout } = await runScript('lib/server/admin.ts', ['signing-keys', 'rotate', '--json'])
  return JSON.parse(stdout).current
}

test('after the clock stepped back, a rotation elsewhere is seen as soon as ever', async () => {
  clock.now = () => now() + hour
  await jwks(0)
  clock.now = now
  const next = await rotateElsewhere()
  await expect.poll(async () => (await currentKey()).kid).toBe(next)
  expect(await kids()).toContain(next)
})

test('a key that retires after the clock stepped back is published as long as if it had not', async () => {
  clock.now = () => now() + 2 * hour
  await rotate()
  const old = (await currentKey()).kid
  clock.now = now
  await rotate()
  expect((await currentKey()).kid).not.toBe(old)
  const signed = now() + 2 * hour
  clock.now = () => signed + tokenSeconds * 1000
  await rotate()
  expect(await kids()).toContain(old)
  clock.now = () => signed + (tokenSeconds + 600) * 1000
  expect(await kids()).not.toContain(old)
})
