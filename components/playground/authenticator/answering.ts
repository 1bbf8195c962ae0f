import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import type { Sendable } from '#lib/webauthn/authenticator/draft.ts'
import {
  refuseAssertionExtensions,
  refuseRegistrationExtensions,
} from '#lib/webauthn/authenticator/refused-extensions.ts'
import type { WebAuthenticator, WebCredential } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { permittedRpIds } from '#lib/webauthn/permitted-rp-ids.ts'
import { markSoftware } from './made-by-software.ts'
import { nameOf, type SoftwareSettings } from './software-settings.ts'
import { tamperings } from './tampering.ts'
import { pause, within } from './within.ts'

export interface SoftwareAuthenticator {
  id: number
  settings: SoftwareSettings
  web: WebAuthenticator
}

/** What a person can choose: an authenticator for a new passkey, or a passkey in one. */
export interface Candidate {
  authenticator: SoftwareAuthenticator
  credential?: WebCredential
  /** It holds a passkey that the options exclude. */
  excluded?: boolean
}

/** Who is asked. What they give up on is refused with NotAllowedError; both end with the signal. */
export interface Person {
  /** In a dialogue. */
  choose(kind: CeremonyKind, candidates: readonly Candidate[], signal: AbortSignal): Promise<Candidate>
  /** Beside the page, while it goes on, and what they hold changes. */
  offer(candidates: () => readonly Candidate[], signal: AbortSignal): Promise<Candidate>
}

export interface Surroundings {
  /** Those that answer now: none once they are switched off. */
  authenticators: () => readonly SoftwareAuthenticator[]
  page: { origin: string; hostname: string }
  person: Person
  /** An authenticator has answered, truly or not: what it holds, or whether it tampers, has changed. */
  answered: (authenticator: SoftwareAuthenticator, tampered?: Tampered) => void
}

/** What an answer said instead of the truth, in words. */
export interface Tampered {
  /** Whose answer. */
  name: string
  title: string
  was: string
  is: string
}

export interface Call {
  mediation?: string | undefined
  signal?: AbortSignal | undefined
}

/** An answer, and whose it is. */
export interface Answer<Response> {
  json: Sendable<Response>
  name: string
}

const refusal = (why: string) => new DOMException(why, 'NotAllowedError')

/**
 * Makes a passkey as a browser would with these authenticators: with the one that fits, or the one that is chosen of several.
 * With conditional mediation nobody is asked: the newest that fits makes it. Silently none is made: null.
 *
 * @throws DOMException with a browser's names, TypeError for a user handle that is none
 */
export async function answerCreate(
  options: PublicKeyCredentialCreationOptionsJSON,
  { mediation, signal }: Call,
  { authenticators, page, person, answered }: Surroundings,
): Promise<Answer<RegistrationResponseJSON> | null> {
  signal?.throwIfAborted()
  const handle = fromBase64url(options.user.id)?.length ?? 0
  if (handle < 1 || handle > 64) throw new TypeError('user.id has neither 1 nor 64 bytes, nor a number between')
  const rpId = permittedRpId(options.rp.id, page)
  refuseRegistrationExtensions(options)
  if (mediation === 'silent') return null
  return within(signal, mediation === 'conditional' ? undefined : options.timeout, async (until) => {
    const fitting = authenticators().filter(({ settings }) => fits(settings, options))
    const excluded = (options.excludeCredentials ?? []).map(({ id }) => id)
    const candidates = fitting.map((authenticator) => ({
      authenticator,
      excluded: excluded.some((id) => authenticator.web.credentials.has(id)),
    }))
    const last = candidates.findLast((candidate) => !candidate.excluded) ?? candidates.at(-1)
    if (!last) throw refusal('no authenticator fits these options')
    const several = candidates.length > 1 && mediation !== 'conditional'
    const chosen = several ? await person.choose('registration', candidates, until) : last
    return named(chosen, async () => {
      const authenticator = await answeringOf(chosen, authenticators, until)
      const { settings, web } = authenticator
      const tampering = tamperings('registration', settings.tamper, {
        ...{ origin: page.origin, rpId, challenge: options.challenge },
        ...othersOf({ rpId }, authenticator, authenticators()),
        signCount: 0,
        offered: options.pubKeyCredParams.map(({ alg }) => alg),
      })
      const json = await web.create({ ...options, rp: { ...options.rp, id: rpId } }, tampering?.overrides, until)
      answered(authenticator, tampering && { ...tampering, name: nameOf(settings) })
      return { json, name: nameOf(settings) }
    })
  })
}

/**
 * Signs in as a browser would with these authenticators: with the passkey that fits, or the one that is chosen of several. With
 * conditional mediation they are offered beside the page until one is taken. Silently nobody is asked: null.
 *
 * @throws DOMException with a browser's names
 */
export async function answerGet(
  options: PublicKeyCredentialRequestOptionsJSON,
  { mediation, signal }: Call,
  { authenticators, page, person, answered }: Surroundings,
): Promise<Answer<AuthenticationResponseJSON> | null> {
  signal?.throwIfAborted()
  const rpId = permittedRpId(options.rpId, page)
  refuseAssertionExtensions(options, mediation)
  if (mediation === 'silent') return null
  const offers = mediation === 'conditional'
  return within(signal, offers ? undefined : options.timeout, async (until) => {
    const fitting = () => passkeysFor({ ...options, rpId }, authenticators())
    const offered = () => fitting().filter(({ credential }) => credential.discoverable)
    const candidates = offers ? [] : fitting()
    if (!candidates[0] && !offers) throw refusal('no passkey fits these options')
    const chosen = offers
      ? await person.offer(offered, until)
      : candidates[1]
        ? await person.choose('authentication', candidates, until)
        : candidates[0]
    const { credential } = chosen as Required<Candidate>
    return named(chosen as Candidate, async () => {
      const authenticator = await answeringOf(chosen as Candidate, authenticators, until)
      const { settings, web } = authenticator
      const tampering = tamperings('authentication', settings.tamper, {
        ...{ origin: page.origin, rpId, challenge: options.challenge },
        ...othersOf(credential, authenticator, authenticators()),
        signCount: credential.signCount,
        offered: [],
      })
      const json = await web.get({ ...options, rpId }, { credentialId: credential.id, ...tampering?.overrides })
      answered(authenticator, tampering && { ...tampering, name: nameOf(settings) })
      return { json, name: nameOf(settings) }
    })
  })
}

/**
 * The RP ID that is asked for, or the page's own.
 *
 * @throws DOMException SecurityError where the page may not use it
 * @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential
 */
export function permittedRpId(asked: string | undefined, { hostname }: { hostname: string }): string {
  const rpId = asked ?? hostname
  if (permittedRpIds(hostname).includes(rpId)) return rpId
  throw new DOMException(`${rpId} is no RP ID for a page on ${hostname}`, 'SecurityError')
}

/**
 * The authenticator that was chosen, as it is once its delay is over: meanwhile it may have been set otherwise.
 *
 * @throws DOMException NotAllowedError where it is there no more, or says no
 */
async function answeringOf(
  { authenticator: { id } }: Candidate,
  authenticators: Surroundings['authenticators'],
  until: AbortSignal,
): Promise<SoftwareAuthenticator> {
  const found = () => authenticators().find((each) => each.id === id)
  await pause(found()?.settings.delay ?? 0, until)
  const authenticator = found()
  if (!authenticator) throw refusal('the authenticator was removed, or switched off, before it answered')
  if (authenticator.settings.refuses) throw refusal('the authenticator says no, as it is set to')
  return authenticator
}

function fits(
  settings: SoftwareSettings,
  { authenticatorSelection: selection = {}, extensions }: PublicKeyCredentialCreationOptionsJSON,
): boolean {
  const { authenticatorAttachment: attachment, userVerification } = selection
  const blob = (extensions as { largeBlob?: { support?: string } } | undefined)?.largeBlob
  return (
    (attachment === undefined || attachment === settings.attachment) &&
    (userVerification !== 'required' || settings.verifiesUsers) &&
    (blob?.support !== 'required' || settings.largeBlob)
  )
}

/** The passkeys that a request can be answered with, the newest of each authenticator first. */
function passkeysFor(
  { rpId, allowCredentials = [], userVerification }: PublicKeyCredentialRequestOptionsJSON,
  authenticators: readonly SoftwareAuthenticator[],
): Required<Omit<Candidate, 'excluded'>>[] {
  const allowed = allowCredentials.map(({ id }) => id)
  return authenticators
    .filter(({ settings }) => userVerification !== 'required' || settings.verifiesUsers)
    .flatMap((authenticator) =>
      [...authenticator.web.credentials.values()]
        .filter((each) => each.rpId === rpId && (allowed.length ? allowed.includes(each.id) : each.discoverable))
        .toReversed()
        .map((credential) => ({ authenticator, credential })),
    )
}

/**
 * What a tampered answer can name instead: another credential, and another user of the same site, each the authenticator's own
 * where it has one, else another's, else nobody's.
 */
function othersOf(
  { id, rpId, userHandle }: { id?: string; rpId: string; userHandle?: string },
  own: SoftwareAuthenticator,
  authenticators: readonly SoftwareAuthenticator[],
) {
  const held = [own, ...authenticators.filter((each) => each.id !== own.id)].flatMap(({ web }) => [
    ...web.credentials.values(),
  ])
  const nobodys = 'bm9ib2R5cy1jcmVkZW50aWFs'
  const user = held.find((each) => each.rpId === rpId && each.userHandle && each.userHandle !== userHandle)
  return {
    credentialId: id ?? nobodys,
    otherCredentialId: held.find((each) => each.id !== id)?.id ?? nobodys,
    ...{ otherUserHandle: user?.userHandle, otherUsername: user?.username },
  }
}

/** Whatever is thrown says whose it is. */
async function named<Result>({ authenticator }: Candidate, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Error ? markSoftware(error, nameOf(authenticator.settings)) : error
  }
}
