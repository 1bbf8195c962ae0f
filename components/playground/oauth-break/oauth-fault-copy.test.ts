import { expect, test } from 'vitest'
import type { OAuthStep } from '../../oauth/faults/attacked-app.ts'
import { curlsOf } from './oauth-fault-copy.ts'

const url = 'http://localhost:3000/oauth/token'
const fields = [
  ['code', '$CODE'],
  ['redirect_uri', "http://localhost:3000/it's"],
] as const
const attack: OAuthStep = {
  ...{ part: 'attack', words: 'The code again', must: 'invalid_grant', accepted: false },
  request: { method: 'POST', url, fields },
}

test('each request is a command that says what must come of it, and takes its secrets from variables', () => {
  const address = 'http://localhost:3000/oauth/authorize?client_id=a&state=b'
  const steps: OAuthStep[] = [
    { part: 'honest', words: 'A request', accepted: true, request: { method: 'GET', url: address, fields: [] } },
    attack,
    { part: 'attack', words: 'Another state', must: 'invalid_response', accepted: false },
  ]
  expect(curlsOf({ steps })).toBe(`# Of flows of your own: CODE.

# A request: must be accepted
curl -i '${address}'

# The code again: must be refused: invalid_grant
curl '${url}' \\
  --data-urlencode "code=$CODE" \\
  --data-urlencode 'redirect_uri=http://localhost:3000/it'\\''s'

# Another state: must be refused: invalid_response, by the app itself, without a request.
`)
})
