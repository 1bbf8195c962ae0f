import { expect, test } from 'vitest'
import { outOfReach } from './out-of-reach.ts'

test.each(['http://localhost:3000/x', 'https://app.localhost/', 'http://127.0.0.1:3000/', 'http://[::1]:3000/'])(
  '%s is this computer alone, and it is said what to set',
  (address) => {
    expect(outOfReach(address)).toMatchObject({ title: expect.stringContaining('cannot open') })
    expect(outOfReach(address)?.why).toContain('BASE_URL')
  },
)

test('an address without https has no passkeys', () => {
  expect(outOfReach('http://192.168.1.20:3000/')).toMatchObject({ title: expect.stringContaining('no passkeys') })
})

test.each(['https://playground.example/', 'https://localhost.example/', 'https://192.168.1.20/'])(
  '%s is in reach',
  (address) => {
    expect(outOfReach(address)).toBeUndefined()
  },
)
