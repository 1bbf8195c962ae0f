import type { ErrorEntry } from './entry.ts'

/** Of ceremonies and what comes of them. */
export const passkeys = {
  ceremony_unknown: {
    meaning: 'The ceremony that `finish` names is not open. Each is good for one try, within five minutes.',
    causes: [
      {
        because: 'It was finished before, well or not.',
        help: 'A ceremony is taken out of storage before anything is verified. Begin another for every try.',
      },
      { because: 'More than five minutes passed.', help: 'Begin when the user presses, and not when the page opens.' },
      { because: 'It was begun with a key of another tenant or environment.', help: 'Use one key for both halves.' },
    ],
  },
  verification_failed: {
    meaning:
      'The credential did not verify: 400 when registering, 401 when signing in. `checks` say which of the steps of WebAuthn §7 failed, with what was expected and what came.',
    causes: [
      {
        because: 'The page is on an origin that the tenant does not allow.',
        help: 'Check `origin`. Scheme, host and port must be the same: `https://app.acme.example` is not `https://acme.example`.',
        link: ['Relying party', '/console/relying-party'],
      },
      {
        because: 'The passkey belongs to another tenant or environment, or was deleted.',
        help: 'Check `credential-known`. Tenants that share `localhost` see each other’s passkeys in the browser’s list.',
        link: ['Users', '/console/users'],
      },
      {
        because: 'User verification was required and did not happen.',
        help: 'Check `user-verified`. A security key without a PIN cannot; ask for `preferred`.',
        link: ['Playground', '/playground'],
      },
      {
        because: 'The signature counter went back.',
        help: 'Check `sign-count`. The passkey may have been copied. The stored counter stays.',
        link: ['Users', '/console/users'],
      },
      {
        because: 'The tenant trusts only certain authenticators.',
        help: 'Checks `attestation-trust` and `attestation-aaguid` belong to the attestation policy.',
        link: ['Attestation', '/console/attestation'],
      },
    ],
  },
  user_unknown: {
    meaning:
      'No user of this name has a passkey here. Only a test environment says so: a live one answers with options like any other.',
    causes: [
      {
        because: 'The user registered in the other environment, or at another tenant.',
        help: 'Environments share nothing. Register the user with this key.',
        link: ['Users', '/console/users'],
      },
      {
        because: 'The name is written otherwise.',
        help: 'Names are compared as they were registered, after Unicode normalisation; capitals count.',
      },
      {
        because: 'Nobody of this name has registered.',
        help: 'Offer to register.',
        link: ['Playground', '/playground'],
      },
    ],
  },
  user_exists: {
    meaning:
      'The user has a passkey already. A further one is added by that user, or by a key that may manage passkeys.',
    causes: [
      { because: 'Sign-up and sign-in are one button.', help: 'Offer to sign in: whoever has the passkey gets in.' },
      {
        because: 'The user adds a device.',
        help: 'Sign them in first, and send their token in `X-User-Token` within five minutes.',
        link: ['Passkeys', '/docs/passkeys'],
      },
      { because: 'Support adds one for them.', help: 'Use a key with `passkeys:manage`.' },
    ],
  },
  passkey_exists: {
    meaning: 'This very credential is registered here already. A credential is registered once.',
    causes: [
      {
        because: 'The answer was sent a second time.',
        help: 'Look whether the first registration went well: list the user’s passkeys.',
        link: ['Users', '/console/users'],
      },
      {
        because: 'An authenticator in software has a fixed credential ID.',
        help: 'Make a new one for each registration.',
        link: ['Testing with Playwright', '/docs/testing'],
      },
    ],
  },
  approval_unknown: {
    meaning: 'The approval that a user was asked for is answered already, has expired, or is another user’s.',
    causes: [
      { because: 'It was open for too long.', help: 'An approval waits for ten minutes. Ask for another one.' },
      {
        because: 'It was answered on another device.',
        help: '`GET /v1/approvals/{id}` says how.',
        link: ['MPC', '/docs/mpc'],
      },
    ],
  },
  hand_off_used: {
    meaning: 'The code that hands a test key to a phone was taken. Each is good once, and for five minutes.',
    causes: [
      {
        because: 'The page was opened twice, or by somebody else in the room.',
        help: 'Show a new code: the old one ends by that.',
        link: ['Playground', '/playground'],
      },
    ],
  },
} as const satisfies Record<string, ErrorEntry>
