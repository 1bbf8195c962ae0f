import { expect, test } from 'vitest'
import { besideRows } from './beside.ts'
import { exampleTenants, exampleToken } from './example-token.ts'

const user = { id: 'usr_example', username: 'ada', displayName: 'ada' }
const passkey = { user, passkeyId: 'pk_example' }

test('of two tokens of one username the tenant and the user differ, the name does not', async () => {
  const tokens = await Promise.all(exampleTenants.map((tenant) => exampleToken(tenant, passkey)))
  const rows = besideRows([tokens[0] ?? '', tokens[1] ?? ''])
  const differing = rows.filter(({ differs }) => differs).map(({ claim }) => claim)
  expect(differing).toEqual(['providerTenantName', 'providerTenantId', 'sub'])
  expect(rows.find(({ claim }) => claim === 'preferred_username')?.values).toEqual(['ada', 'ada'])
})

test('what is no token says nothing of anybody', () => {
  for (const { values, differs } of besideRows(['', 'x.y.z'])) {
    expect(values).toEqual(['none', 'none'])
    expect(differs).toBe(false)
  }
})
