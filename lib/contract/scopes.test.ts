import { expect, test } from 'vitest'
import { mpcRpcs } from './mpc-operations.ts'
import { operations } from './operations.ts'
import { scopeNames, scopes } from './scopes.ts'

/** Scopes that open no operation of the API of themselves, and what they are for. */
const opensNone: Readonly<Record<string, string>> = {
  'passkeys:debug': 'It adds the checks to the answers of operations that others open.',
  'mpc:keygen': 'It opens rpcs of the MPC server.',
}

test('every scope opens an operation of the API, but for a few that say why not', () => {
  const opening = new Set<string | null>(Object.values(operations))
  const none = scopeNames.filter((scope) => !opening.has(scope))
  expect(none.toSorted()).toEqual(Object.keys(opensNone).toSorted())
})

test('what is said to be for the MPC server opens an rpc there', () => {
  const opening = new Set<string>(Object.values(mpcRpcs).map(({ scope }) => scope))
  expect(scopeNames.filter((scope) => /MPC server/.test(scopes[scope])).toSorted()).toEqual([...opening].toSorted())
})
