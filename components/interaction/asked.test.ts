import { expect, test } from 'vitest'
import type { ReturnsTo, ScopeAsked } from '#lib/contract/oauth.ts'
import { onAtFirst, weigh } from './asked.ts'

const returnsTo: ReturnsTo = { place: 'app.example', readable: null, whose: 'other' }
const row = (scope: string, state: ScopeAsked['state'], follows: string | null = null): ScopeAsked => ({
  ...{ scope, state, follows, words: `words of ${scope}`, at: null },
})

test('who the user is stands in one line, and what can be left out of it in one of its own', () => {
  const words = (scopes: ScopeAsked[]) => weigh({ scopes, returnsTo }).light.map((line) => line.words)
  expect(words([row('openid', 'needed'), row('profile', 'needed')])).toEqual([
    'Know who you are: username, display name, user id',
  ])
  expect(words([row('openid', 'needed')])).toEqual(['Know who you are: user id'])
  expect(words([row('openid', 'needed'), row('profile', 'optional')])).toEqual([
    'Know who you are: user id',
    'words of profile',
  ])
})

test('what can cost the user stands apart, and is off where it can be left out', () => {
  const asked = weigh({
    returnsTo,
    scopes: [
      ...[row('openid', 'needed'), row('account:read', 'optional')],
      ...[row('mpc:sign', 'needed', 'It signs.'), row('passkeys:manage', 'optional', 'It deletes.')],
    ],
  })
  expect(asked.heavy.map(({ scope, note }) => [scope, note])).toEqual([
    ['mpc:sign', 'It signs.'],
    ['passkeys:manage', 'It deletes.'],
  ])
  expect(onAtFirst(asked)).toEqual(['openid', 'account:read', 'mpc:sign'])
})

test('what was allowed before is not asked again, but where nothing else is, or a device waits', () => {
  const scopes = [row('openid', 'allowed'), row('mpc:sign', 'allowed', 'It signs.'), row('account:read', 'needed')]
  const shown = (of: ScopeAsked[], to: ReturnsTo | null) => {
    const { light, heavy, before } = weigh({ scopes: of, returnsTo: to })
    return [[...light, ...heavy].map(({ scope }) => scope), before.map(({ scope }) => scope)]
  }
  expect(shown(scopes, returnsTo)).toEqual([['account:read'], ['openid', 'mpc:sign']])
  expect(shown(scopes, null)).toEqual([['openid', 'account:read', 'mpc:sign'], []])
  expect(shown(scopes.slice(0, 2), returnsTo)).toEqual([['openid', 'mpc:sign'], []])
})

test('a heavy scope that was allowed at one place is not on for another', () => {
  const at = (state: ScopeAsked['state'], place: string) => ({ ...row('mpc:sign', state, 'It signs.'), at: place })
  const scopes = [at('allowed', 'at the API'), at('optional', 'at the MPC server')]
  for (const to of [returnsTo, null]) expect(onAtFirst(weigh({ scopes, returnsTo: to }))).toEqual([])
})
