import { expect, test } from 'vitest'
import { ApiError } from '#lib/sdk/client.ts'
import { OAuthError } from '#lib/sdk/oauth.ts'
import { oauthFailureOf } from './oauth-failure.ts'
import { PopupClosed } from './oauth-popup.ts'

const problem = {
  type: 'urn:x',
  title: 'No',
  status: 401,
  detail: 'Not this one.',
  code: 'token_invalid',
  requestId: 'r',
}

test.each([
  [new OAuthError('access_denied', 'the user did not allow it'), 'access_denied', 'Access was denied'],
  [new OAuthError('invalid_grant', 'grant request is invalid'), 'invalid_grant', /not good any more/],
  [new ApiError(problem as never), 'token_invalid', /did not accept the token/],
  [new PopupClosed('The window was closed.'), 'popup_closed', 'The window was closed'],
  [new DOMException('The wait was ended.', 'AbortError'), 'AbortError', 'You stopped waiting'],
  [new TypeError('Failed to fetch'), 'network', 'The server could not be reached'],
])('%s has words of its own', (error, code, what) => {
  const failure = oauthFailureOf(error)
  expect(failure).toMatchObject({ code, raw: error.message })
  expect(failure.what).toMatch(what)
  expect(failure.why && failure.todo).toMatch(/\.$/)
})

test('what a person ended is calm, and a mistake of the page is not put down to the network', () => {
  expect(oauthFailureOf(new PopupClosed('The window was closed.')).calm).toBe(true)
  expect(oauthFailureOf(new OAuthError('invalid_grant', 'grant request is invalid')).calm).toBeUndefined()
  expect(oauthFailureOf(new TypeError('x is not a function')).what).toBe('The page could not finish')
})

test('a code without words is explained by the server’s own', () => {
  const error = new OAuthError('unmet_authentication_requirements', 'none of the acr_values was reached')
  expect(oauthFailureOf(error)).toMatchObject({
    code: 'unmet_authentication_requirements',
    why: 'none of the acr_values was reached.',
  })
})
