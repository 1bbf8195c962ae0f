import type { AuthenticationFault } from './fault.ts'
import { cut, flags, flipped, foreignOrigin, longer, member, randomText } from './tampering.ts'

const common = { ceremony: 'authentication' } as const
const clientData = {
  ...common,
  group: 'Client data',
  where: 'In clientDataJSON, before the software authenticator signs its hash: the signature stays valid.',
} as const
const authenticatorData = {
  ...common,
  group: 'Authenticator data',
  where: 'In the authenticator data, before it is signed: the signature stays valid.',
} as const
const signature = {
  ...common,
  group: 'Signature',
  where: 'In the signature alone: all that it signs is the truth.',
} as const
const outer = { ...common, group: 'Outer members' } as const
const timing = { ...common, group: 'Timing', where: 'In when it is sent: every byte of it is the truth.' } as const
const unchanged = { overrides: {} } as const

/** What must not sign anybody in. */
export const authenticationFaults: readonly AuthenticationFault[] = [
  {
    ...clientData,
    id: 'another-origin',
    title: 'Another origin',
    attack:
      'A page on another site shows your sign-in and passes on what the victim’s passkey signs. This is phishing, and it is what passkeys stop.',
    refusedBy: 'origin',
    tamper: ({ origin }) => member('origin', origin, foreignOrigin),
  },
  {
    ...clientData,
    id: 'create-for-get',
    title: 'webauthn.create for get',
    attack: 'What was signed to make a passkey is shown as a sign-in.',
    refusedBy: 'type',
    tamper: () => member('type', 'webauthn.get', 'webauthn.create'),
  },
  {
    ...clientData,
    id: 'another-challenge',
    title: 'Another challenge',
    attack: 'An answer that was prepared beforehand: signed, but not for what this server asked.',
    refusedBy: 'challenge',
    tamper: ({ challenge }) => member('challenge', challenge, randomText()),
  },
  {
    ...timing,
    group: 'Client data',
    id: 'used-challenge',
    title: 'A used challenge',
    where: 'The answer to one ceremony is sent in the next: every byte of it is the truth, of yesterday.',
    attack: 'A sign-in that somebody overheard is played again.',
    refusedBy: 'challenge',
    timing: 'used',
    tamper: ({ challenge }) => ({
      was: `"challenge":"${challenge}"`,
      is: 'the challenge of the ceremony before',
      ...unchanged,
    }),
  },
  {
    ...clientData,
    id: 'padded-challenge',
    title: 'Padded challenge',
    attack: 'The same bytes written in another way: a server that compares loosely accepts what no browser writes.',
    refusedBy: 'challenge',
    tamper: ({ challenge }) => member('challenge', challenge, `${challenge}=`),
  },
  {
    ...clientData,
    id: 'cross-origin',
    title: 'In a frame of another site',
    attack: 'Your page is shown in somebody else’s, so that a click there signs in here.',
    refusedBy: 'cross-origin',
    tamper: () => member('crossOrigin', false, true),
  },
  {
    ...clientData,
    id: 'top-origin',
    title: 'Unknown top origin',
    attack: 'The page around the frame names itself, and is nobody that the server knows.',
    refusedBy: 'top-origin',
    tamper: () => member('topOrigin', undefined, foreignOrigin),
  },
  {
    ...authenticatorData,
    id: 'another-rp-id',
    title: 'Another RP ID hash',
    attack: 'A passkey of another relying party answers.',
    refusedBy: 'rp-id-hash',
    tamper: ({ rpId }) => ({
      was: `SHA-256 of ${rpId}`,
      is: 'SHA-256 of acme-wallet.example',
      overrides: { rpId: 'acme-wallet.example' },
    }),
  },
  {
    ...authenticatorData,
    id: 'user-not-present',
    title: 'User not present',
    attack: 'Malware asks the authenticator in silence: nobody touched anything.',
    refusedBy: 'user-present',
    tamper: () => flags({ up: true }, { up: false }),
  },
  {
    ...authenticatorData,
    id: 'user-not-verified',
    title: 'User not verified',
    attack: 'A thief holds the device, and knows neither PIN nor finger. The options ask for user verification.',
    refusedBy: 'user-verified',
    options: { userVerification: 'required' },
    tamper: () => flags({ uv: true }, { uv: false }),
  },
  {
    ...authenticatorData,
    id: 'backed-up-not-eligible',
    title: 'Backed up, yet not eligible',
    attack: 'Flags that contradict each other: the authenticator is broken, or none.',
    refusedBy: 'backup-flags',
    tamper: () => flags({ be: false, bs: false }, { be: false, bs: true }),
  },
  {
    ...authenticatorData,
    id: 'eligibility-changed',
    title: 'Eligibility changed',
    attack: 'A passkey that could not leave its device now says that it can: it is not the one that was registered.',
    refusedBy: 'backup-eligibility',
    tamper: () => flags({ be: false }, { be: true }),
  },
  {
    ...authenticatorData,
    id: 'counter-back',
    title: 'Counter goes back',
    attack: 'A copy of the authenticator counts on its own, and is behind.',
    refusedBy: 'sign-count',
    tamper: ({ signCount }) => ({
      was: `signCount ${signCount + 1}`,
      is: `signCount ${signCount}`,
      overrides: { signCount },
    }),
  },
  {
    ...authenticatorData,
    id: 'bytes-after-the-end',
    title: 'Bytes after the end',
    attack: 'Something is smuggled in behind what the decoder reads.',
    refusedBy: 'authenticator-data',
    tamper: () => ({ was: '37 bytes', is: '37 bytes, and 2 behind them', overrides: { authenticatorData: longer } }),
  },
  {
    ...authenticatorData,
    id: 'cut-short',
    title: 'Cut short',
    attack: 'A decoder that reads past the end, or makes up what is missing, accepts it.',
    refusedBy: 'authenticator-data',
    tamper: () => ({
      was: '37 bytes',
      is: '33 bytes: no counter',
      overrides: { authenticatorData: (bytes) => cut(bytes, 4) },
    }),
  },
  {
    ...signature,
    id: 'bit-flipped',
    title: 'One bit flipped',
    attack: 'Who has no key has to guess: this guess is as good as one can be.',
    refusedBy: 'signature',
    tamper: () => ({
      was: 'the signature',
      is: 'the signature, its last bit flipped',
      overrides: { signature: (bytes) => flipped(bytes, bytes.length - 1) },
    }),
  },
  {
    ...signature,
    id: 'empty-signature',
    title: 'Empty signature',
    attack: 'Some verifiers take nothing for a signature.',
    refusedBy: 'signature-encoding',
    tamper: () => ({ was: 'the signature', is: 'no byte', overrides: { signature: () => new Uint8Array() } }),
  },
  {
    ...outer,
    id: 'another-user-handle',
    title: 'Another user’s handle',
    attack: 'Mallory signs with a passkey of their own and says that it is Ada’s account.',
    where: 'In userHandle, which no signature covers.',
    refusedBy: 'user-handle',
    tamper: ({ otherUserHandle, otherUsername = 'another user' }) => {
      const userHandle = otherUserHandle ?? randomText()
      const whose = otherUserHandle ? `${otherUsername}’s` : 'nobody’s: no other user is known'
      return { was: 'the user’s handle', is: `"userHandle":"${userHandle}", ${whose}`, overrides: { userHandle } }
    },
  },
  {
    ...outer,
    id: 'another-credential-id',
    title: 'Another credential’s ID',
    attack: 'Mallory has a passkey here, too, and names it where Ada’s is asked for.',
    where: 'In id and rawId, which no signature covers.',
    refusedBy: 'allow-credentials',
    tamper: ({ credentialId, otherCredentialId: id }) => ({
      was: `"id":"${credentialId}"`,
      is: `"id":"${id}"`,
      overrides: { id, rawId: id },
    }),
  },
  {
    ...outer,
    id: 'ids-differ',
    title: 'id is not rawId',
    attack: 'One part of a server reads one, another part the other.',
    where: 'In rawId, which no signature covers.',
    refusedBy: 'credential-id',
    tamper: ({ credentialId, otherCredentialId: rawId }) => ({
      was: `"rawId":"${credentialId}"`,
      is: `"rawId":"${rawId}"`,
      overrides: { rawId },
    }),
  },
  {
    ...timing,
    id: 'answered-twice',
    title: 'Answered twice',
    attack: 'The same request is sent again, by somebody who saw it.',
    refusedBy: 'ceremony_unknown',
    timing: 'twice',
    tamper: () => ({ was: 'sent once', is: 'sent twice', ...unchanged }),
  },
  {
    ...timing,
    id: 'answered-late',
    title: 'Answered after 5 minutes',
    attack: 'A ceremony that lies open all day is a challenge that can be answered all day.',
    refusedBy: 'ceremony_unknown',
    timing: 'late',
    tamper: () => ({ was: 'sent at once', is: 'sent after 5 minutes', ...unchanged }),
  },
]
