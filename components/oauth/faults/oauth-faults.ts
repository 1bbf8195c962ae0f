import { rfc } from '../oauth-words.ts'
import type { OAuthFault } from './oauth-fault.ts'
import { refreshOf } from './oauth-trial.ts'

/** How long a used refresh token is taken for the retry of an answer that got lost, and some time more, in milliseconds. */
export const graceOver = 11_000

const atTheTokenEndpoint = {
  group: 'Token endpoint',
  refusedBy: 'invalid_grant',
  refuser: 'The token endpoint',
} as const

/** A redirect URI with one letter more. */
const longer = (redirectUri: string) => `${redirectUri}s`

/** What must not give anybody tokens, in the order of a flow. */
export const oauthFaults: readonly OAuthFault[] = [
  {
    id: 'redirect-one-letter-more',
    title: 'A redirect with one letter more',
    group: 'Both endpoints',
    refusedBy: 'invalid_redirect_uri, invalid_grant',
    refuser: 'The authorization endpoint, on a page of its own, and the token endpoint',
    attack: 'A link names an address that looks like the app’s, so that the answer goes to whoever owns that one.',
    where:
      'In the request for a code, and then in the one for tokens. A server that compares the beginning, or a pattern, lets it pass.',
    spec: rfc(9700, '4.1.3'),
    otherwise: 'The code goes to a stranger, and so would an error: that alone makes the server send people anywhere.',
    change: ({ redirectUri }) => ({
      was: `redirect_uri=…${new URL(redirectUri).pathname}`,
      is: `redirect_uri=…${longer(new URL(redirectUri).pathname)}`,
    }),
    async attempt(trial) {
      const redirectUri = longer(trial.app.redirectUri)
      await trial.attackAddress('A request for a code', redirectUri, 'invalid_redirect_uri')
      const { request } = await trial.newCode()
      await trial.attack('A good code', { ...request, redirect_uri: redirectUri })
      await trial.honest('The same code with the app’s own address', request)
    },
  },
  {
    id: 'wrong-state',
    title: 'The wrong state',
    group: 'The app itself',
    refusedBy: 'invalid_response',
    refuser: 'The app, which compares state',
    attack: 'You follow a link that somebody prepared, and the app takes the answer to their sign-in for yours.',
    where: 'In the address that comes back to the app. The server takes no part in it; this page looks, by the SDK.',
    spec: rfc(9700, '4.7'),
    otherwise:
      'You are signed in as somebody else, and what you save is theirs. PKCE is a second line, which an app without it lacks.',
    change: () => ({ was: 'state=… of this sign-in', is: 'state=… of another sign-in' }),
    async attempt(trial) {
      const [theirs, mine] = [await trial.newCode(), await trial.begin()]
      await trial.attackApp('The answer to another sign-in', theirs.search, mine.state)
      const { state } = theirs
      await trial.honestApp('The same answer where it belongs', theirs.search, state)
      const taken = { ...theirs.request, code_verifier: trial.named('OTHER_CODE_VERIFIER', mine.codeVerifier) }
      await trial.show('What an app would ask that does not look, which PKCE stops', taken)
      await trial.honest('The code with its own verifier', theirs.request)
    },
  },
  {
    ...atTheTokenEndpoint,
    id: 'wrong-verifier',
    title: 'The wrong verifier',
    attack:
      'A code is stolen on its way to the app, and redeemed by somebody who did not begin the flow and lacks its secret.',
    where: 'In code_verifier: its SHA-256 is not the code_challenge that the code was asked for with.',
    spec: rfc(7636, '4.6'),
    otherwise: 'A public client has no other secret: whoever has the code has the tokens.',
    change: () => ({ was: 'code_verifier=… of this flow', is: 'code_verifier=… of nobody’s' }),
    async attempt(trial) {
      const { request } = await trial.newCode()
      const another = trial.named('OTHER_CODE_VERIFIER', crypto.randomUUID() + crypto.randomUUID())
      await trial.attack('The code with another verifier', { ...request, code_verifier: another })
      await trial.honest('The same code with its own', request)
    },
  },
  {
    ...atTheTokenEndpoint,
    id: 'another-clients-code',
    title: 'Another client’s code',
    attack: 'An app got hold of a code that was made for another one, and redeems it under its own name.',
    where:
      'In client_id alone. The other client is a real one, the built-in app of another tenant: one that nobody has would be refused for that.',
    spec: rfc(6749, '4.1.3'),
    otherwise: 'Whatever app a person allowed anything could sign in as them to every other one.',
    change: ({ clientId, otherClientId }) => ({
      was: `client_id=${clientId}`,
      is: `client_id=${otherClientId ?? '…'}`,
    }),
    async attempt(trial) {
      const { otherClientId } = trial.app
      if (!otherClientId) throw new Error('This server has no other tenant whose built-in app could try it.')
      const { request } = await trial.newCode()
      await trial.attack('The code by another client', { ...request, client_id: otherClientId })
      await trial.honest('The same code by its own client', request)
    },
  },
  {
    ...atTheTokenEndpoint,
    id: 'code-reused',
    title: 'A code, a second time',
    attack: 'Somebody reads the code where it was left (a log, a history), and sends it once the app has.',
    where:
      'In nothing: the request comes a second time. The server cannot tell the app from the thief, so what the first one got ends, too.',
    spec: rfc(6749, '4.1.2'),
    otherwise: 'Whoever reads a code later has tokens of the same person, and nobody notices.',
    change: () => ({ was: 'code=… once', is: 'the same code=… again' }),
    async attempt(trial) {
      const { request } = await trial.newCode()
      const tokens = await trial.honest('The code, the first time', request)
      await trial.attack('The same code again', request)
      await trial.attack('The refresh token that the first one got', refreshOf(trial.app, tokens))
    },
  },
  {
    ...atTheTokenEndpoint,
    id: 'old-refresh-token',
    title: 'The old refresh token',
    attack: 'Somebody copies a refresh token out of the app’s storage, and uses it after the app has.',
    where:
      'In when it comes. Within ten seconds it is the retry of an answer that got lost, and leads to the same successor; later it may be stolen, and everything ends.',
    spec: rfc(9700, '4.14.2'),
    otherwise: 'A thief goes on for as long as the app does, and neither sees the other.',
    change: () => ({ was: 'refresh_token=… the newest', is: 'refresh_token=… used eleven seconds before' }),
    async attempt(trial) {
      const { request } = await trial.newCode()
      const used = refreshOf(trial.app, await trial.honest('The code', request))
      const next = await trial.honest('Its refresh token, the first time', used)
      await trial.show('The same at once: the same successor', used, next)
      await trial.app.wait(graceOver)
      await trial.attack('The same eleven seconds later', used)
      await trial.attack('Its successor', refreshOf(trial.app, next))
    },
  },
]
