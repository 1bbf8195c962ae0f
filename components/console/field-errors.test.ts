import { expect, test } from 'vitest'
import { fieldErrors } from './field-errors.ts'

const refusal = (...issues: { path: string; message: string }[]) => ({
  title: 'The request is malformed',
  detail: '',
  code: 'invalid_request',
  issues,
})

test('an issue goes to its field, also one about a member of a list', () => {
  const error = refusal(
    { path: 'name', message: 'is blank' },
    { path: 'allowedIps.2', message: '“10.0.0.300” is no IPv4 or IPv6 address or CIDR' },
  )
  const { of, rest } = fieldErrors(error, ['name', 'allowedIps'])
  expect(of('name', 'The name')).toBe('The name is blank.')
  expect(of('allowedIps', 'The list')).toBe('“10.0.0.300” is no IPv4 or IPv6 address or CIDR.')
  expect(of('scopes', 'The list')).toBeUndefined()
  expect(rest).toBeUndefined()
})

test('of a list, each entry has its own issue, and the list has what is about it as a whole', () => {
  const error = refusal(
    { path: 'redirectUris', message: 'has more than 20 entries' },
    { path: 'redirectUris.1', message: '“http://a.example” is http: on a host that is not this machine' },
    { path: 'redirectUris.10', message: '“x” is not an absolute URI' },
  )
  const { of, itself, rest } = fieldErrors(error, ['redirectUris'])
  expect(of('redirectUris.1', 'It')).toBe('“http://a.example” is http: on a host that is not this machine.')
  expect(of('redirectUris.0', 'It')).toBeUndefined()
  expect(itself('redirectUris', 'The list')).toBe('The list has more than 20 entries.')
  expect(rest).toBeUndefined()
})

test('what no field can show is kept to be shown', () => {
  const other = { path: 'tier', message: 'is unknown' }
  expect(fieldErrors(refusal({ path: 'name', message: 'is blank' }, other), ['name']).rest?.issues).toEqual([other])
  expect(fieldErrors(refusal(), ['name']).rest?.title).toBe('The request is malformed')
  expect(fieldErrors(undefined, ['name']).rest).toBeUndefined()
})
