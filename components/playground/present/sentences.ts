import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { briefOf } from '../failure/failure-brief.ts'
import type { Facts } from './facts.ts'

/** What is said of one message: few words on its line, one sentence, and what makes it true or matter. */
export interface Sentence {
  label: string
  say: string
  note: string
}

type Words = (facts: Facts) => Sentence

/** What happens in a ceremony in which nobody refuses, in its order. */
export const steps = ['ask', 'begin', 'options', 'request', 'person', 'credential', 'finish', 'answer'] as const

export type StepId = (typeof steps)[number]

/** The ways for a ceremony to end without what it was for. */
export const refusals = [
  'begin-refused',
  'begin-unanswered',
  'closed',
  'browser-refused',
  'authenticator-refused',
  'finish-refused',
  'finish-unanswered',
  'ended',
] as const

export type RefusalId = (typeof refusals)[number]

const tellsWho = {
  say: 'The browser tells the server who wants a passkey.',
  note: 'A name, and how the passkey should be. Nothing in it is secret.',
}

/** Conditional create. */
const beside = {
  say: 'The page asks for a passkey beside a sign-in.',
  note: 'Nobody is asked, and no dialogue opens: a browser makes one just after a sign-in that it took part in, or refuses.',
}

/** What each message of both ceremonies is in words. */
export const sentences: Readonly<Record<CeremonyKind, Readonly<Record<StepId, Words>>>> = {
  registration: {
    ask: (facts) => ({
      label: '“Make me a passkey”',
      say: `${who(facts)} asks for a passkey.`,
      note: 'One press of a button. There is no password to think of, or to be stolen.',
    }),
    begin: (facts) => ({
      ...(facts.conditional ? beside : tellsWho),
      label: facts.username ? `a passkey for ${facts.username}` : 'a passkey, please',
    }),
    options: ({ offered, listed }) => ({
      label: 'a challenge, new each time',
      say: 'The server answers with a challenge.',
      note: sentencesOf(
        'Random bytes for this once.',
        offered ? `It takes ${count(offered, 'kind')} of signature.` : '',
        listed
          ? `No authenticator that holds ${listed === 1 ? 'the one passkey' : `one of ${count(listed, 'passkey')}`} may make another.`
          : '',
      ),
    }),
    request: ({ rpId, conditional }) => ({
      label: 'make a passkey, please',
      say: 'The browser asks the authenticator for a passkey.',
      note: sentencesOf(
        rpId
          ? `For ${rpId} alone. The browser makes sure that this page may ask for it.`
          : 'The browser makes sure for which site this page may ask.',
        conditional ? 'It opens no dialogue.' : '',
      ),
    }),
    person,
    credential: ({ flags, provider }) => ({
      label: 'a public key',
      say: 'The authenticator makes two keys, and shows one.',
      note: sentencesOf(
        'The server never sees the private one.',
        flags?.be ? `Synced: ${provider ?? 'its provider'} may bring it to the person’s other devices.` : '',
        flags && !flags.be ? `Device-bound: it stays in ${provider ?? 'this one authenticator'}.` : '',
      ),
    }),
    finish: () => ({
      label: 'the public key',
      say: 'The browser passes the public key on.',
      note: 'With it goes what the browser saw: the challenge, and the address of this page.',
    }),
    answer: (facts) => ({
      label: 'kept',
      say: 'The server checks it all, and keeps the public key.',
      note: sentencesOf(passed(facts), 'Whoever steals what it keeps can sign in nowhere.'),
    }),
  },
  authentication: {
    ask: (facts) => ({
      label: '“Sign me in”',
      say: `${who(facts)} asks to be signed in.`,
      note: facts.named ? 'A name, and no password.' : 'No name, and no password.',
    }),
    begin: ({ username, named, conditional }) => ({
      label: named ? `${username ?? 'somebody'} wants to sign in` : 'somebody wants to sign in',
      say: named ? 'The browser tells the server who wants to sign in.' : 'The browser asks the server for a sign-in.',
      note: named
        ? 'That is only a claim: nothing is proved yet.'
        : conditional
          ? 'Nobody has pressed anything yet. Who it is, the passkey itself will say.'
          : 'Who it is, the passkey itself will say.',
    }),
    options: ({ listed }) => ({
      label: 'a challenge, new each time',
      say: 'The server answers with a challenge.',
      note: sentencesOf(
        'Random bytes for this once: an answer that was overheard before is worth nothing.',
        listed ? `${upper(count(listed, 'passkey'))} may answer.` : '',
      ),
    }),
    request: ({ rpId, conditional }) => ({
      label: conditional ? 'offer your passkeys, please' : 'sign it, please',
      say: conditional
        ? 'The browser offers passkeys in the name field.'
        : 'The browser asks the authenticator to sign it.',
      note: rpId
        ? `Only a passkey of ${rpId} can answer here. On a look-alike site there would be none.`
        : 'Only a passkey of this site can answer here.',
    }),
    person,
    credential: ({ rpId, flags, username, provider, software }) => ({
      label: 'signature',
      say: 'The passkey signs the challenge.',
      note: sentencesOf(
        `Only for ${rpId ?? 'this site'}${flags?.up && !software ? `, and only because ${username ?? 'somebody'} agreed` : ''}.`,
        flags?.be ? `It is synced by ${provider ?? 'its provider'}.` : '',
        flags && !flags.be ? `It is bound to ${provider ?? 'one device'}.` : '',
      ),
    }),
    finish: () => ({
      label: 'the signature',
      say: 'The browser passes the signature on.',
      note: 'Whoever reads it on the way can do nothing with it: the challenge is good for one answer.',
    }),
    answer: (facts) => ({
      label: 'a token',
      say: 'The server checks it all, and issues a token.',
      note: sentencesOf(passed(facts), 'The signature fits the public key that it has kept.'),
    }),
  },
}

/** What each way to end without a passkey or a token is in words. */
export const refusalSentences: Readonly<Record<RefusalId, Words>> = {
  'begin-refused': (facts) => ({
    label: brief(facts),
    say: 'The server refuses to begin.',
    note: sentencesOf(what(facts), 'No authenticator was asked.'),
  }),
  'begin-unanswered': (facts) => ({
    label: brief(facts),
    say: 'The server does not answer.',
    note: sentencesOf(what(facts), 'No authenticator was asked.'),
  }),
  closed: (facts) => ({
    label: brief(facts),
    say: what(facts),
    note: `${nothing(facts)} The server saw no answer, and its challenge will run out.`,
  }),
  'browser-refused': (facts) => ({
    label: brief(facts),
    say: 'The browser refuses.',
    note: sentencesOf(what(facts), 'The server saw no answer.'),
  }),
  'authenticator-refused': (facts) => ({
    label: brief(facts),
    say: 'The authenticator gives no answer to send.',
    note: sentencesOf(what(facts), 'The server saw no answer.'),
  }),
  'finish-refused': (facts) => {
    const failed = facts.checks.filter(({ outcome }) => outcome === 'fail')
    const [first] = failed
    return {
      label: brief(facts),
      say: 'The server checks it all, and refuses.',
      note: sentencesOf(
        first
          ? `${failed.length} of ${facts.checks.length} checks failed${failed.length > 1 ? ', first' : ''}: ${first.title.replace(/\.$/, '')}.`
          : what(facts),
        facts.kind === 'registration' ? 'It keeps no passkey.' : 'It signs nobody in, and issues no token.',
      ),
    }
  },
  'finish-unanswered': (facts) => ({
    label: brief(facts),
    say: 'No answer of the server arrives.',
    note: sentencesOf(what(facts), 'Whether it took what was sent is not known here.'),
  }),
  ended: (facts) => ({ label: brief(facts), say: what(facts), note: facts.failure?.why ?? '' }),
}

/** How the person came in, as the authenticator tells it; nobody was asked where the flag UP is not set. */
function person(facts: Facts): Sentence {
  const { flags, software } = facts
  if (software)
    return {
      label: flags?.uv ? '“verified”, as it is set' : '“somebody is there”, as it is set',
      say: `An authenticator in software answers for ${facts.username ?? 'the person'}.`,
      note: 'It is a part of this page, and no real one. What it says of a person is what it was set to say.',
    }
  if (flags?.uv)
    return {
      label: 'a finger, a face or a PIN',
      say: `The authenticator verifies ${facts.username ?? 'the person'}.`,
      note: 'Finger, face or PIN: which one, and what it looks like, stays in the authenticator.',
    }
  return {
    label: 'a touch',
    say: `${who(facts)} agrees with a touch.`,
    note: 'Somebody is there. The authenticator did not verify who.',
  }
}

function who({ username }: Facts): string {
  return username ?? 'Somebody'
}

function passed({ checks }: Facts): string {
  const good = checks.filter(({ outcome }) => outcome === 'pass').length
  const bad = checks.some(({ outcome }) => outcome === 'fail')
  if (!checks.length || bad) return ''
  return good === checks.length
    ? `All ${good} checks of the specification passed.`
    : `${good} checks passed, ${checks.length - good} had nothing to check.`
}

function nothing({ kind }: Facts): string {
  return kind === 'registration' ? 'No passkey came to this page.' : 'Nothing signed came to this page.'
}

function what({ failure }: Facts): string {
  return failure ? `${failure.what.replace(/\.$/, '')}.` : 'It ended without an answer.'
}

function brief({ failure }: Facts): string {
  return failure ? briefOf(failure) : 'no answer'
}

function sentencesOf(...sentences: string[]): string {
  return sentences.filter(Boolean).join(' ')
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

function count(number: number, noun: string): string {
  return `${numbers[number] ?? number} ${noun}${number === 1 ? '' : 's'}`
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
