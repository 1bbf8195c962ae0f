import { afterEach, expect, test } from 'vitest'
import { clock } from '../clock.ts'
import { requestsAt, tenantWithKey } from './requests-at.ts'
import { addressesOf, lastUses } from './sightings.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

const began = Date.parse('2026-03-05T12:00:00Z')
const second = 1_000
const hour = 3_600 * second
const day = 24 * hour
const ever = new Date(0)

/** A new key, used from an address, or from one that is not known. */
async function newKey() {
  const { caller, key } = (await tenantWithKey()).keys.live
  const askAt = (moment: number, address: string | null = null) =>
    requestsAt(moment, { ...caller, actor: { ...caller.actor, address } })
  return { id: key.id, askAt }
}

test('a key’s last use is when it was used last, from wherever that was', async () => {
  const [used, other, unused] = [await newKey(), await newKey(), await newKey()]
  await used.askAt(began, '203.0.113.1')
  await used.askAt(began + 60 * second, '203.0.113.2')
  await used.askAt(began + 30 * second, '203.0.113.1')
  await other.askAt(began)
  expect(await lastUses([used.id, other.id, unused.id, used.id])).toEqual(
    new Map([
      [used.id, new Date(began + 60 * second)],
      [other.id, new Date(began)],
    ]),
  )
  expect(await lastUses([unused.id])).toEqual(new Map())
  expect(await lastUses([])).toEqual(new Map())
})

test('a use is noted once a second, and every address of it', async () => {
  const { id, askAt } = await newKey()
  await askAt(began, '203.0.113.1')
  await askAt(began + 999, '203.0.113.1')
  expect((await lastUses([id])).get(id)).toEqual(new Date(began))
  await askAt(began + 999, '203.0.113.2')
  expect((await lastUses([id])).get(id)).toEqual(new Date(began + 999))
  await askAt(began + second, '203.0.113.1')
  expect((await lastUses([id])).get(id)).toEqual(new Date(began + second))
})

test('addresses have their first and last use, the latest first, and only those since a moment', async () => {
  const [{ id, askAt }, other] = [await newKey(), await newKey()]
  await askAt(began, '203.0.113.1')
  await askAt(began + 2 * second, '2001:db8::1')
  await askAt(began + 4 * second)
  await askAt(began + 6 * second, '203.0.113.1')
  await other.askAt(began + 6 * second, '203.0.113.9')
  const sighting = (address: string | null, first: number, last: number) => ({
    address,
    firstSeenAt: new Date(began + first * second),
    lastSeenAt: new Date(began + last * second),
  })
  const all = [sighting('203.0.113.1', 0, 6), sighting(null, 4, 4), sighting('2001:db8::1', 2, 2)]
  expect(await addressesOf(id, ever)).toEqual(all)
  expect(await addressesOf(id, new Date(began + 4 * second))).toEqual(all.slice(0, 2))
  expect(await addressesOf(id, new Date(began + 6 * second + 1))).toEqual([])
})

test('no more than the latest 100 addresses are told', async () => {
  const { id, askAt } = await newKey()
  for (let index = 0; index < 103; index++) await askAt(began + index, `2001:db8::${index}`)
  const addresses = (await addressesOf(id, ever)).map(({ address }) => address)
  expect([addresses.length, addresses[0], addresses.at(-1)]).toEqual([100, '2001:db8::102', '2001:db8::3'])
})

test('what is older than 7 days is forgotten, but for a key’s latest use', async () => {
  const [busy, silent] = [await newKey(), await newKey()]
  await busy.askAt(began, '203.0.113.1')
  await silent.askAt(began, '203.0.113.3')
  await silent.askAt(began + hour, '203.0.113.4')
  await busy.askAt(began + 2 * hour, '203.0.113.2')
  const addressesOfKey = async ({ id }: { id: string }) =>
    (await addressesOf(id, ever)).map(({ address }) => address).sort()
  // To the moment of a week nothing is.
  await busy.askAt(began + 7 * day, '203.0.113.5')
  expect(await addressesOfKey(busy)).toEqual(['203.0.113.1', '203.0.113.2', '203.0.113.5'])
  await busy.askAt(began + 7 * day + hour + 1, '203.0.113.5')
  await expect.poll(async () => await addressesOfKey(silent)).toEqual(['203.0.113.4'])
  expect(await addressesOfKey(busy)).toEqual(['203.0.113.2', '203.0.113.5'])
  expect((await lastUses([silent.id])).get(silent.id)).toEqual(new Date(began + hour))
})
