import { beforeAll, describe, expect, test } from 'vitest'
import { adminHere, errorHere, jsonHere } from './here.ts'

const slugs = async () => (await jsonHere('tenants', 'list')).data.map(({ slug }: { slug: string }) => slug)

beforeAll(async () => {
  await jsonHere('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
})

describe('tenants', () => {
  test('are made and listed', async () => {
    const made = await jsonHere('tenants', 'create', '--name', 'Bank & Söhne', '--slug', 'bank')
    expect(made).toEqual({
      id: expect.stringMatching(/^tnt_[0-9A-Za-z]{14}$/),
      name: 'Bank & Söhne',
      monthlyQuota: null,
      tierCeiling: 'enterprise',
      signUp: true,
      slug: 'bank',
      createdAt: expect.any(String),
    })
    expect((await jsonHere('tenants', 'list')).data).toContainEqual(made)
    expect((await adminHere('tenants', 'list')).stdout).toContain(`${made.id}  bank  Bank & Söhne`)
  })

  test.each([
    ['a slug that is taken', ['--name', 'X', '--slug', 'shop'], 'the slug “shop” exists already'],
    ['a slug that is none', ['--name', 'X', '--slug', 'My Shop'], 'slug: needs'],
    ['a blank name', ['--name', ' ', '--slug', 'blank'], 'name: is blank'],
    ['an origin with a path', ['--name', 'X', '--slug', 'x', '--origins', 'https://x.example/y'], 'origins.0: '],
    ['an RP ID that is a URL', ['--name', 'X', '--slug', 'x', '--rp-id', 'https://x.example'], 'rpId: '],
    [
      'an RP ID that is a public suffix',
      ['--name', 'X', '--slug', 'x', '--rp-id', 'co.uk'],
      'rpId: is a public suffix',
    ],
    ['an RP ID that is an address', ['--name', 'X', '--slug', 'x', '--rp-id', '127.0.0.1'], 'rpId: is an address'],
    ['no name', ['--slug', 'x'], "required option '--name <name>'"],
  ])('are not made with %s', async (_name, args, message) => {
    const before = await slugs()
    expect(await errorHere('tenants', 'create', ...args, '--json')).toContain(message)
    expect(await slugs()).toEqual(before)
  })
})

describe('a tenant’s monthly quota', () => {
  const quotaOf = async (name: string) =>
    (await jsonHere('tenants', 'list')).data.find(({ slug }: { slug: string }) => slug === name)?.monthlyQuota
  const quota = (requests: string, tenant = 'shop') => [
    'tenants',
    'quota',
    '--tenant',
    tenant,
    `--requests=${requests}`,
  ]

  test('is set when the tenant is made, changed, and taken away', async () => {
    const made = await jsonHere('tenants', 'create', '--name', 'Sold', '--slug', 'sold', '--quota', '1000000000')
    expect([made.monthlyQuota, await quotaOf('sold')]).toEqual([1_000_000_000, 1_000_000_000])
    expect(await jsonHere(...quota('1', 'sold'))).toEqual({ ...made, monthlyQuota: 1 })
    expect(await quotaOf('sold')).toBe(1)
    expect((await adminHere(...quota('5000', 'sold'))).stdout).toBe('Sold has 5000 requests a month.\n')
    expect(await jsonHere(...quota('none', 'sold'))).toEqual({ ...made, monthlyQuota: null })
    expect(await quotaOf('sold')).toBeNull()
    expect((await adminHere(...quota('none', 'sold'))).stdout).toBe('Sold has no limit of requests a month.\n')
  })

  test('is refused where it is no whole number from 1 to 1,000,000,000, and stays what it was', async () => {
    await jsonHere(...quota('500'))
    for (const wrong of ['0', '1.5', '1000000001', 'many']) expect(await errorHere(...quota(wrong))).toMatch(/number/)
    for (const wrong of ['-1', '']) {
      const create = ['tenants', 'create', '--name', 'X', '--slug', 'no-quota', `--quota=${wrong}`]
      expect(await errorHere(...create)).toMatch(/^monthlyQuota: .*number/)
    }
    expect([await quotaOf('shop'), await quotaOf('no-quota')]).toEqual([500, undefined])
    await jsonHere(...quota('none'))
  })

  test('is of a tenant that is there, and is said', async () => {
    expect(await errorHere(...quota('5', 'nobody'))).toContain('No tenant has the slug “nobody”')
    expect(await errorHere('tenants', 'quota', '--tenant', 'shop')).toContain('--requests <number>')
  })
})

test('a tenant’s ceiling is set when it is made and later, and to a tier alone', async () => {
  const made = await jsonHere('tenants', 'create', '--name', 'Low', '--slug', 'low', '--tier-ceiling', 'standard')
  expect(made.tierCeiling).toBe('standard')
  const ceiling = (tier: string) => ['tenants', 'tier', '--tenant', 'low', '--ceiling', tier]
  expect(await jsonHere(...ceiling('enterprise'))).toEqual({ ...made, tierCeiling: 'enterprise' })
  expect((await adminHere(...ceiling('standard'))).stdout).toBe('Keys of Low are standard at most.\n')
  expect(await errorHere(...ceiling('gold'))).toContain('gold')
})
