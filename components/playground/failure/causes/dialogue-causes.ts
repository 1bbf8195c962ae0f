import { seconds } from '../../seconds.ts'
import type { CauseEntry } from './cause-entry.ts'
import { again, retry, selectionOf } from './cause-help.ts'
import type { Situation } from './situation.ts'

const verifies = (situation: Situation) => situation.userVerification === 'required'

/** Why nobody answered, or said no: for privacy, browsers tell all of it by one exception. */
export const dialogueCauses: readonly CauseEntry[] = [
  {
    id: 'timeout',
    brief: 'timed out',
    shows: ['NotAllowedError', 'TimeoutError', 'AbortError'],
    phases: ['timed out'],
    certain: ({ asked }) => asked?.timeout !== undefined,
    why: ({ asked }) =>
      `Nobody answered the dialogue within ${seconds(asked?.timeout ?? 0)}, the Timeout that was set.`,
    help: retry('timeout', undefined),
  },
  {
    id: 'browsers-own-limit',
    brief: 'timed out',
    shows: ['NotAllowedError', 'TimeoutError'],
    when: ({ asked, waited, name }) => asked?.timeout === undefined && (waited > 55_000 || name === 'TimeoutError'),
    rank: () => 1,
    why: ({ waited }) => `The browser’s own limit was over: it waited ${seconds(waited)}.`,
    help: again,
  },
  {
    // Some browsers give no credential, as specified, some name the mediation, and some take no notice: those have other reasons.
    id: 'silent',
    shows: ['Error', 'NotSupportedError', 'NotAllowedError'],
    when: ({ mediation }) => mediation === 'silent',
    certain: ({ mediation, name, message }) =>
      mediation === 'silent' && (name === 'Error' || /mediation/i.test(message)),
    rank: () => 4,
    why: () => 'Mediation is silent: nobody may be asked, and no passkey is made or used without its person.',
    help: retry('mediation', undefined),
  },
  {
    id: 'conditional-create',
    shows: ['NotAllowedError'],
    kind: 'registration',
    when: ({ mediation }) => mediation === 'conditional',
    rank: () => 1,
    why: () =>
      'Mediation is conditional: a browser makes such a passkey only just after a sign-in that it took part in, as when its password manager filled in a password of this user here.',
    help: retry('mediation', undefined),
  },
  {
    id: 'no-passkey',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    kind: 'authentication',
    rank: ({ usedHere }) => (usedHere ? 4 : 1),
    why: ({ username, rpId }) =>
      `It holds ${username ? `none of ${username}’s passkeys` : 'no discoverable passkey'} for ${rpId}.`,
    help: ({ username, usedHere }) => (username && usedHere ? { do: 'sign-in' } : { do: 'register' }),
  },
  {
    id: 'user-verification',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    when: verifies,
    rank: () => 2,
    why: ({ usedHere, verifiedHere }) =>
      `It cannot verify the person, or did not manage to, and User verification is required.${usedHere && verifiedHere ? ` Its PIN is blocked, or was reset since run ${usedHere}.` : ''}`,
    help: (situation) =>
      retry(
        situation.kind === 'registration' ? 'authenticatorSelection.userVerification' : 'userVerification',
        'preferred',
      )(situation),
  },
  {
    id: 'resident-key',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    kind: 'registration',
    when: (situation) => selectionOf(situation).residentKey === 'required',
    rank: () => 3,
    why: () =>
      'Resident key is required, and it cannot hold a discoverable passkey, has no room for one, or did not manage to verify the person, which many ask of one.',
    help: retry('authenticatorSelection.residentKey', 'preferred'),
  },
  {
    id: 'attachment',
    shows: ['NotAllowedError'],
    kind: 'registration',
    phases: ['at once'],
    when: (situation) => selectionOf(situation).authenticatorAttachment !== undefined,
    rank: () => 3,
    why: (situation) =>
      `There is no ${selectionOf(situation).authenticatorAttachment} authenticator here, and Authenticator attachment asks for one.`,
    help: retry('authenticatorSelection.authenticatorAttachment', undefined),
  },
  {
    id: 'locked',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    rank: () => 8,
    why: () =>
      'It is locked, as after too many wrong tries, or set to say no, as a virtual authenticator or a password manager can be.',
    help: again,
  },
  {
    id: 'closed',
    brief: 'dialogue closed',
    shows: ['NotAllowedError'],
    phases: ['asked'],
    rank: () => 2,
    why: () => 'Somebody closed the dialogue.',
    help: again,
  },
  {
    id: 'no-authenticator',
    shows: ['NotAllowedError'],
    phases: ['asked', 'timed out'],
    kind: 'registration',
    rank: () => 6,
    why: () => 'There was no authenticator at hand to answer the dialogue.',
    help: () => ({ do: 'software' }),
  },
  {
    id: 'not-on-this-device',
    shows: ['NotAllowedError'],
    phases: ['asked'],
    kind: 'authentication',
    rank: ({ usedHere }) => (usedHere ? 6 : 3),
    why: ({ username }) =>
      username
        ? `No passkey of ${username} is on this device or the key in hand.`
        : 'The dialogue had no passkey to offer.',
    help: () => ({ do: 'register' }),
  },
  {
    id: 'said-no',
    shows: ['NotAllowedError'],
    phases: ['asked'],
    rank: () => 5,
    why: (situation) =>
      verifies(situation)
        ? 'The authenticator said no: a wrong PIN, a finger that it does not know, or a blocked one.'
        : 'The authenticator said no.',
    help: again,
  },
  {
    id: 'offer-ended',
    shows: ['NotAllowedError', 'AbortError'],
    phases: ['in the field'],
    certain: () => true,
    why: () => 'No passkey was chosen in the username field, and the browser stopped waiting for that.',
  },
]
