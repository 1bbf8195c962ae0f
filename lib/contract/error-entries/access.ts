import type { ErrorEntry } from './entry.ts'

/** Of keys, tokens, and what they may do. */
export const access = {
  api_key_missing: {
    meaning: 'The call needs an API key, and none came.',
    causes: [
      {
        because: 'The variable that is to hold the key is empty.',
        help: 'Print its length, never the key. The SDKs read `PLAYGROUND_API_KEY`.',
      },
      {
        because: 'The key stands in the address.',
        help: 'Keys are taken from `Authorization: Bearer …` or `X-API-Key`, never from a URL, which ends in logs.',
      },
      { because: 'A proxy took the header away.', help: 'Have it pass `Authorization` on.' },
    ],
  },
  api_key_invalid: {
    meaning:
      'No key like this one works here. In a live environment wrong, revoked and expired keys get the same answer; in a test environment `detail` says which it is.',
    causes: [
      {
        because: 'The key was not copied whole.',
        help: 'Every key ends with a checksum, so that a lost character is noticed. Copy it again, or rotate it: it was shown once.',
        link: ['Keys', '/console/keys'],
      },
      {
        because: 'It was revoked, or has expired.',
        help: 'After a rotation the old key ends with its overlap. Deploy the new one.',
        link: ['API keys and rotation', '/docs/api-keys'],
      },
      {
        because: 'It is of another server.',
        help: 'A key works where it was made. Look at the address that is called.',
      },
    ],
  },
  token_invalid: {
    meaning: 'The access token, or the user’s token in `X-User-Token`, is not one that counts here and now.',
    causes: [
      {
        because: 'It has expired.',
        help: 'Tokens live for an hour. Get a new one with the refresh token, or sign the user in again.',
        link: ['OAuth', '/docs/oauth'],
      },
      {
        because: 'It was made for somebody else.',
        help: 'For `/v1` an access token needs the resource `BASE_URL/v1`; a user’s token from a sign-in goes into `X-User-Token`, beside the key.',
      },
      {
        because: 'Its passkey, grant or session is gone.',
        help: 'What is deleted or taken back ends here at once. Ask the user to sign in.',
      },
      {
        because: 'The proof of a bound token is missing.',
        help: 'A token that is bound to a key comes as `Authorization: DPoP …` with a fresh proof for each call.',
      },
    ],
  },
  ip_not_allowed: {
    meaning: 'The key is right, and the address that the call comes from is not among those it may be used at.',
    causes: [
      {
        because: 'The call leaves by another address than you think.',
        help: '`detail` names the address. Test it against the list before you change the list.',
        link: ['Keys', '/console/keys'],
      },
      {
        because: 'A proxy stands in front, and the server is not told to believe it.',
        help: 'The operator sets `TRUSTED_PROXIES`.',
        link: ['Run it yourself', '/docs/run-it-yourself'],
      },
    ],
  },
  insufficient_scope: {
    meaning: 'The key or token is valid, and was not given what this call needs. `detail` names the scope.',
    causes: [
      {
        because: 'The key was made for something else.',
        help: 'Make one with the scope: no scope implies another. A key’s scopes never grow.',
        link: ['Create a key', '/console/keys'],
      },
      {
        because: 'The app did not ask for it, or the user left it out.',
        help: 'Send the user to `/oauth/authorize` with the scope again.',
        link: ['OAuth', '/docs/oauth'],
      },
      {
        because: 'A demo key is used.',
        help: 'Demo keys register, sign in and read. For more, make a test key of your own.',
        link: ['Keys', '/console/keys'],
      },
    ],
  },
  user_required: {
    meaning: 'The call is for an app that acts for a user, and what came acts for nobody.',
    causes: [
      {
        because: 'An API key was sent.',
        help: 'Get an access token of the user by the authorization code flow, and send that.',
        link: ['OAuth', '/docs/oauth'],
      },
      {
        because: 'The token comes from `client_credentials`.',
        help: 'Such a token is the app’s own. Send the user to `/oauth/authorize`.',
      },
    ],
  },
  role_required: {
    meaning: 'You are a member of the tenant, and your role may not do this.',
    causes: [
      {
        because: 'Viewers read, developers change what the product needs, owners everything.',
        help: 'Ask an owner to do it, or to give you the role.',
        link: ['Members', '/console/members'],
      },
    ],
  },
  tier_not_available: {
    meaning: 'The tenant’s keys may not be of this tier. The operator sets the highest that they may be of.',
    causes: [
      {
        because: 'An enterprise key was asked for at a tenant whose ceiling is standard.',
        help: 'Make a standard key, or ask whoever runs this server to raise the ceiling.',
        link: ['Keys', '/console/keys'],
      },
    ],
  },
  session_required: {
    meaning: 'The page’s own calls need somebody who is signed in, and nobody is, or not any more.',
    causes: [
      {
        because: 'The session has ended.',
        help: 'Sign in again; what you had typed stays on the page.',
        link: ['Console', '/console'],
      },
      {
        because: 'The page shows one of your tenants, and in another tab this browser went to another one.',
        help: 'Load the page again: it then shows the tenant that you are in.',
        link: ['Console', '/console'],
      },
      {
        because: 'The Console’s API was called by a program.',
        help: 'Programs use `/v1` with a key: it does the same.',
        link: ['API reference', '/docs/reference'],
      },
    ],
  },
  origin_not_allowed: {
    meaning: 'A change was asked for from a page that is not this server’s own.',
    causes: [
      {
        because: 'The server is opened under another name than its `BASE_URL`.',
        help: 'Open it at `BASE_URL`, or set that to the name it is opened under.',
        link: ['Run it yourself', '/docs/run-it-yourself'],
      },
      {
        because: 'Another site sent the request.',
        help: 'It is meant to be refused: cookies of the Console are for its own pages.',
      },
    ],
  },
  confirmation_required: {
    meaning: 'This change is confirmed with your passkey each time, whatever you have confirmed before.',
    causes: [
      {
        because: 'The confirmation is missing, used, or older than five minutes.',
        help: 'Confirm it on the page. Changes of live keys, of money and of people ask for it.',
        link: ['Console', '/console'],
      },
    ],
  },
  invitation_invalid: {
    meaning: 'The link into a tenant’s Console is used, has expired, or never was.',
    causes: [
      {
        because: 'Each link lets one person in, within a day.',
        help: 'Ask the member who made it for another one, or the operator: `admin console invite`.',
        link: ['Members', '/console/members'],
      },
    ],
  },
  interaction_unknown: {
    meaning: 'The sign-in that this page belongs to is finished, has expired, or was begun in another browser.',
    causes: [
      {
        because: 'The page stood open for long, or was opened twice.',
        help: 'Go back to the app, and begin the sign-in there.',
      },
      {
        because: 'The link was sent to another device.',
        help: 'A sign-in goes on in the browser that began it. For another device there is the device flow.',
        link: ['OAuth', '/docs/oauth'],
      },
    ],
  },
  sign_up_closed: {
    meaning: 'New people make no accounts at this tenant’s sign-in page; those who have one sign in.',
    causes: [
      {
        because: 'The tenant closed it.',
        help: 'Register people through `/v1/passkeys/register`, or open it under Relying party.',
        link: ['Relying party', '/console/relying-party'],
      },
    ],
  },
} as const satisfies Record<string, ErrorEntry>
