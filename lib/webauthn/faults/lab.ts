import { WebAuthenticator } from '../authenticator/web-authenticator.ts'
import type { CeremonyKind } from '../options.ts'
import { creation, narrowed, request } from './begun-options.ts'
import type { AuthenticationFault, Fault, RegistrationFault, Truth } from './fault.ts'
import { type FaultResult, verdictOn } from './fault-result.ts'
import type { FaultTarget, SentCredential, TargetAnswer } from './fault-target.ts'
import { plain } from './plain.ts'
import { randomText } from './tampering.ts'

export interface LabSettings {
  /** Of the page that the server expects its users on. */
  origin: string
  /** Where the ceremony's options do not say it. */
  rpId?: string | undefined
  /** Waits, for what is answered late. */
  wait: (milliseconds: number) => Promise<void>
}

type RegistrationOverrides = ReturnType<RegistrationFault['tamper']>['overrides']

/** A URL may be long, and its reason stands behind it. */
const mostOfReason = 4_000

/** How long a ceremony of a careful server may stay open, and some time more, in milliseconds. */
export const lateAfter = 305_000

/**
 * Puts a server to the test with faults that an authenticator in software makes. It registers two users of its own first and
 * signs one of them in, honestly: of a server that refuses that, nothing could be learned. The first one's passkey counts; the
 * second one's does not, as synced passkeys do not, and tries what is wrong in its timing alone: no counter gives that away.
 */
export class FaultLab {
  readonly #target: FaultTarget
  readonly #settings: LabSettings
  /** Holds all passkeys of the lab. */
  readonly #authenticator: WebAuthenticator
  readonly #name = `break-it-${randomText()
    .replace(/[^a-z\d]/gi, '')
    .slice(0, 8)
    .toLowerCase()}`
  #users: Promise<{ victim: string; other: string }> | undefined
  /** Whose passkeys the server has, as far as it is known: their credential IDs by username. */
  readonly #accounts = new Map<string, string>()
  #made = 0

  constructor(target: FaultTarget, settings: LabSettings) {
    this.#target = target
    this.#settings = settings
    this.#authenticator = this.#newAuthenticator()
  }

  /** The user whose account is attacked. */
  get username() {
    return this.#name
  }

  /** Tries one fault. Never throws: what cannot be tried is `untried`. */
  async try(fault: Fault): Promise<FaultResult> {
    const { was, is } = fault.tamper(exemplary(this.#settings))
    try {
      const { victim, other } = await this.prepare()
      return fault.ceremony === 'registration'
        ? await this.#register(fault, { victim, other })
        : await this.#signIn(fault, { victim, other })
    } catch (error) {
      // The authenticator repeats what the server's options say.
      const reason = plain(error instanceof Error ? error.message : String(error), mostOfReason)
      return { id: fault.id, verdict: 'untried', by: [], was, is, reason }
    }
  }

  /**
   * Makes its users, the first time; `try` does it, too.
   *
   * @returns the ids of their passkeys
   * @throws Error in words, where the server cannot be reached or refuses what is honest
   */
  prepare(): Promise<{ victim: string; other: string }> {
    this.#users ??= this.#prepare()
    return this.#users
  }

  /**
   * Signs in once more, honestly, who has a passkey of this lab, and is among `whom`: who watches the target can take the
   * passkeys away then. Whoever it does not let in is passed over.
   */
  async leave(whom: (username: string) => boolean): Promise<void> {
    for (const [username, credentialId] of this.#accounts) {
      if (!whom(username)) continue
      await this.#answerHonestly(username, credentialId).catch(() => undefined)
    }
  }

  /** Two users, each with a passkey, and an honest sign-in of the first. */
  async #prepare() {
    const [victim, other] = [await this.#honestly(this.#name), await this.#honestly(this.#otherName)]
    const credential = this.#authenticator.credentials.get(victim)
    // From here a counter can go back.
    if (credential) credential.signCount = 100
    const answer = await this.#answerHonestly(this.#name, victim)
    if (!answer.accepted) throw new Error(this.#refusal('an honest sign-in', answer))
    return { victim, other }
  }

  async #honestly(username: string): Promise<string> {
    const { ceremony, publicKey } = await this.#target.begin('registration', { username })
    const { sent, keep } = await this.#newPasskey(creation(publicKey))
    const answer = await this.#target.finish('registration', ceremony, sent)
    if (!answer.accepted) throw new Error(this.#refusal('an honest registration', answer))
    keep(username)
    return sent.id
  }

  #newAuthenticator() {
    return new WebAuthenticator({ origin: this.#settings.origin, prf: false, largeBlob: false })
  }

  /**
   * A passkey of an authenticator of its own: where a server takes all for one user, one authenticator would replace the
   * earlier one. It is there to sign in once it is kept, as that user's.
   */
  async #newPasskey(options: Parameters<WebAuthenticator['create']>[0], overrides?: RegistrationOverrides) {
    const own = this.#newAuthenticator()
    const sent = await own.create(options, overrides)
    const keep = (username: string) => {
      for (const [id, credential] of own.credentials) this.#authenticator.credentials.set(id, credential)
      this.#accounts.set(username, sent.id)
    }
    return { sent, keep }
  }

  get #otherName() {
    return `${this.#name}-2`
  }

  async #answerHonestly(username: string, credentialId: string) {
    const { ceremony, publicKey } = await this.#beginSignIn(username)
    const sent = await this.#authenticator.get(request(publicKey), { credentialId })
    return this.#target.finish('authentication', ceremony, sent)
  }

  #beginSignIn(username: string, options?: Fault['options']) {
    return this.#target.begin('authentication', { username, options })
  }

  async #register(fault: RegistrationFault, { victim, other }: { victim: string; other: string }) {
    const username = `${this.#name}-r${++this.#made}`
    const { ceremony, publicKey } = await this.#target.begin('registration', { username, options: fault.options })
    const options = creation(publicKey)
    const offered = options.pubKeyCredParams.map(({ alg }) => alg)
    const tampering = fault.tamper({ ...this.#truth(options.challenge, options.rp.id, victim, other), offered })
    const { sent, keep } = await this.#newPasskey({ ...options, ...narrowed(fault, options) }, tampering.overrides)
    if (fault.timing === 'twice') {
      await this.#first('registration', ceremony, sent)
      keep(username)
    }
    return this.#judged(fault, tampering, ceremony, sent)
  }

  async #signIn(fault: AuthenticationFault, { victim, other }: { victim: string; other: string }) {
    if (fault.timing) return this.#signInAmiss(fault, { victim, other })
    const { ceremony, publicKey } = await this.#beginSignIn(this.#name, fault.options)
    const options = request(publicKey)
    const tampering = fault.tamper(this.#truth(options.challenge, options.rpId, victim, other))
    const credential = this.#authenticator.credentials.get(victim)
    const counted = credential?.signCount
    const sent = await this.#authenticator.get(options, { credentialId: victim, ...tampering.overrides })
    let accepted = false
    try {
      const result = await this.#judged(fault, tampering, ceremony, sent)
      accepted = result.verdict === 'hole'
      return result
    } finally {
      // What was refused left the server's counter where it was, and so did, for all that is known, what it did not answer.
      if (credential && counted !== undefined && !accepted) credential.signCount = counted
    }
  }

  /** Every byte is the truth but for when it is sent; the passkey is the one that does not count. */
  async #signInAmiss(fault: AuthenticationFault, { victim, other }: { victim: string; other: string }) {
    const { ceremony, publicKey } = await this.#beginSignIn(this.#otherName, fault.options)
    const sent = await this.#authenticator.get(request(publicKey), { credentialId: other, signCount: 0 })
    if (fault.timing === 'late') await this.#settings.wait(lateAfter)
    else await this.#first('authentication', ceremony, sent)
    const next =
      fault.timing === 'used' ? await this.#beginSignIn(this.#otherName, fault.options) : { ceremony, publicKey }
    const { challenge, rpId } = request(next.publicKey)
    const tampering = fault.tamper(this.#truth(challenge, rpId, other, victim))
    return this.#judged(fault, tampering, next.ceremony, sent)
  }

  /** The honest answer before the one that must be refused. */
  async #first(kind: CeremonyKind, ceremony: unknown, sent: SentCredential) {
    const answer = await this.#target.finish(kind, ceremony, sent)
    if (!answer.accepted) throw new Error(this.#refusal('the honest answer before it', answer))
  }

  async #judged(
    fault: Fault,
    { was, is }: { was: string; is: string },
    ceremony: unknown,
    sent: SentCredential,
  ): Promise<FaultResult> {
    const began = performance.now()
    const answer = await this.#target.finish(fault.ceremony, ceremony, sent)
    const { status, code, checks, took = performance.now() - began } = answer
    // A challenge and an RP ID are whatever the server says.
    const told = { was: plain(was, 2_000), is: plain(is, 2_000) }
    return { id: fault.id, ...told, status, code, checks, sent, took, ...verdictOn(fault, answer) }
  }

  /** What may be wrong with what was told of the server stands beside what it says itself. */
  #refusal(what: string, { status, code, words }: TargetAnswer): string {
    const said = [status, code, words && `(${words})`].filter(Boolean).join(' ')
    return `The server refuses ${what}, made as a page of ${this.#settings.origin}: ${said}.`
  }

  #truth(challenge: string, rpId: string | undefined, credentialId: string, otherCredentialId: string): Truth {
    const { credentials } = this.#authenticator
    const { signCount = 0, userHandle } = credentials.get(credentialId) ?? {}
    const otherUserHandle = credentials.get(otherCredentialId)?.userHandle
    return {
      ...exemplary(this.#settings),
      ...(rpId ? { rpId } : {}),
      challenge,
      credentialId,
      otherCredentialId,
      // A server with one user has no other's handle.
      otherUserHandle: otherUserHandle === userHandle ? undefined : otherUserHandle,
      signCount,
    }
  }
}

/** What stands in a fault's description before anything was tried. */
function exemplary({ origin, rpId }: Pick<LabSettings, 'origin' | 'rpId'>): Truth {
  const shown = '…'
  return {
    origin,
    rpId: rpId ?? new URL(origin).hostname,
    challenge: shown,
    credentialId: shown,
    otherCredentialId: shown,
    otherUserHandle: shown,
    signCount: 101,
    offered: [-7],
  }
}
