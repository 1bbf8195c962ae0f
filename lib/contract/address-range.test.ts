import { describe, expect, test } from 'vitest'
import { canonicalRange, isWithin, readAddress, readRange, whyNoRange } from './address-range.ts'

describe('an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['0.0.0.0', '0.0.0.0'],
    ['2001:DB8:0:0::7', '2001:db8::7'],
    ['2001:0db8::0007', '2001:db8::7'],
    ['::1', '::1'],
    ['::', '::'],
    ['64:ff9b::203.0.113.7', '64:ff9b::cb00:7107'],
  ])('%s is read', (text, read) => {
    expect(readAddress(text)?.toString()).toBe(read)
  })

  test.each(['::ffff:203.0.113.7', '::FFFF:203.0.113.7', '::ffff:cb00:7107', '0:0:0:0:0:ffff:cb00:7107'])(
    'that is IPv4 in IPv6 is the IPv4 address: %s',
    (text) => {
      expect(readAddress(text)?.kind()).toBe('ipv4')
      expect(readAddress(text)?.toString()).toBe('203.0.113.7')
    },
  )

  test.each([
    '',
    ' ',
    'localhost',
    '203.0.113',
    '203.0.113.7.1',
    '203.0.113.256',
    '203.0.113.-1',
    '203.0.113.07',
    '00.0.0.0',
    '::ffff:203.0.113.07',
    '127.1',
    '0x7f.0.0.1',
    // One number: what C libraries take for 203.0.113.7 and 127.0.0.1.
    '3405803783',
    '0xcb007107',
    '017700000001',
    '1',
    // Deprecated IPv4-compatible IPv6, which is neither the one nor the other to everybody.
    '::203.0.113.7',
    ' 203.0.113.7',
    '203.0.113.7 ',
    '203.0.113.7\n',
    '203.0.113.7\0',
    '203.0.113.7:443',
    '[::1]',
    '[::1]:443',
    'fe80::1%eth0',
    '::1::',
    ':::',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '203.0.113.7, 203.0.113.8',
    '２０３.0.113.7',
  ])('is not “%s”', (text) => {
    expect(readAddress(text)).toBeUndefined()
    expect(whyNoRange(text)).toBeDefined()
  })

  test('is not a range', () => {
    expect(readAddress('203.0.113.7/32')).toBeUndefined()
    expect(whyNoRange('203.0.113.7/32')).toBeUndefined()
  })
})

describe('an entry', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/32', '203.0.113.7/32'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['0.0.0.0', '0.0.0.0'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['::1/128', '::1/128'],
    ['fe80::/10', 'fe80::/10'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7/128', '203.0.113.7/32'],
  ])('%s is kept as %s, which is its own canonical form', (text, canonical) => {
    expect(whyNoRange(text)).toBeUndefined()
    expect(canonicalRange(text)).toBe(canonical)
    expect([whyNoRange(canonical), canonicalRange(canonical)]).toEqual([undefined, canonical])
  })

  test.each([
    ['0.0.0.0/0', 'allows every address'],
    ['::/0', 'allows every address'],
    ['::ffff:0:0/96', 'allows every address'],
    ['10.0.0.1/8', 'host bits set: did you mean 10.0.0.0/8?'],
    ['203.0.113.7/31', 'host bits set: did you mean 203.0.113.6/31?'],
    ['::ffff:10.0.0.1/104', 'host bits set: did you mean 10.0.0.0/8?'],
    ['2001:db8::1/64', 'host bits set: did you mean 2001:db8::/64?'],
    ['010.0.0.0/8', 'leading zero'],
    ['10.0.0.00', 'leading zero'],
    ['::ffff:010.0.0.1', 'leading zero'],
    ['10.0.0.0/33', 'prefix length of 0 to 32'],
    ['10.0.0.0/08', 'prefix length of 0 to 32'],
    ['10.0.0.0/+8', 'prefix length of 0 to 32'],
    ['10.0.0.0/8.0', 'prefix length of 0 to 32'],
    ['10.0.0.0/', 'prefix length of 0 to 32'],
    ['10.0.0.0/ 8', 'prefix length of 0 to 32'],
    ['10.0.0.0/255.0.0.0', 'prefix length of 0 to 32'],
    ['2001:db8::/129', 'prefix length of 0 to 128'],
    ['::ffff:10.0.0.0/95', '96 or more'],
    ['10.0.0.0/8/8', 'no IPv4 or IPv6 address or CIDR'],
    ['/8', 'no IPv4 or IPv6 address or CIDR'],
    ['*', 'no IPv4 or IPv6 address or CIDR'],
    ['10.0.0.*', 'no IPv4 or IPv6 address or CIDR'],
    ['10.0.0.1-10.0.0.9', 'no IPv4 or IPv6 address or CIDR'],
    ['10.0.0.0\\8', 'no IPv4 or IPv6 address or CIDR'],
    ['3405803783', 'no IPv4 or IPv6 address or CIDR'],
    ['::203.0.113.7', 'no IPv4 or IPv6 address or CIDR'],
    ['fe80::%eth0/10', 'no IPv4 or IPv6 address or CIDR'],
  ])('%s is none, and the reason is given', (text, reason) => {
    expect(whyNoRange(text)).toContain(reason)
  })
})

test.each([
  ['10.0.0.0/8', '10.255.255.255', '11.0.0.0'],
  ['10.0.0.0/8', '10.0.0.0', '9.255.255.255'],
  ['203.0.113.6/31', '203.0.113.7', '203.0.113.8'],
  ['203.0.113.7', '203.0.113.7', '203.0.113.6'],
  ['203.0.113.7', '::ffff:203.0.113.7', '::cb00:7107'],
  ['::ffff:10.0.0.0/104', '10.1.2.3', '::a01:203'],
  ['2001:db8::/33', '2001:db8:7fff::1', '2001:db8:8000::1'],
  ['::1', '::1', '0.0.0.1'],
  ['2000::/3', '2001:db8::1', '32.1.13.184'],
])('%s has %s in it, and not %s', (entry, inside, outside) => {
  const within = (text: string) => {
    const address = readAddress(text)
    return address && isWithin(address, readRange(entry))
  }
  expect([within(inside), within(outside)]).toEqual([true, false])
})
