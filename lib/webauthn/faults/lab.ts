import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { WebAuthenticator } from '../authenticator/web-authenticator.ts'
import { type Check, failed } from '../checks/check.ts'
import type { CeremonyKind } from '../options.ts'
import type { AuthenticationFault, Fault, RegistrationFault, Truth } from './fault.ts'
import { randomText } from './tampering.ts'

type Credential =
  | Omit<RegistrationResponseJSON, 'clientExtensionResults'>
  | Omit<AuthenticationResponseJSON, 'clientExtensionResults'>

/** A server that is put to the test: the two calls of each ceremony. */
export interface FaultTarget {
  /**
   * @returns what the ceremony is called by in `finish`, and WebAuthn's options as JSON
   * @throws Error where it does not begin: what cannot be begun cannot be broken
   */
  begin(
    kind: CeremonyKind,
    ask: { username: string; options?: Readonly<Record<string, unknown>> | undefined },
  ): Promise<{ ceremony: unknown; publicKey: Record<string, unknown> }>
  /** Never throws because the server refuses: that is its answer. */
  finish(kind: CeremonyKind, ceremony: unknown, credential: Credential): Promise<TargetAnswer>
}

/** What a server says to an answer. */
export interface TargetAnswer {
  accepted: boolean
  /** HTTP status. */
  status: number
  /** The name that it gives its reason, where it gives one. */
  code?: string | undefined
  /** Each step that it took, where it tells. */
  checks?: readonly Check[] | undefined
  /** Milliseconds that it took, where what was waited before it does not count. */
  took?: number
}

/**
 * What became of a fault. `caught`: refused by what must refuse it, or, of a server that does not tell, refused at all;
 * `elsewhere`: refused, but by other checks; `hole`: accepted; `untried`: it could not be tried, and `reason` says why.
 */
export interface FaultResult {
  id: Fault['id']
  verdict: 'caught' | 'elsewhere' | 'hole' | 'untried'
  /** Ids of the checks that refused it, or the code. */
  by: readonly string[]
  was: string
  is: string
  status?: number
  code?: string | undefined
  checks?: readonly Check[] | undefined
  /** What was sent. */
  sent?: Credential
  /** Milliseconds that the server took for the answer. */
  took?: number
  reason?: string
}

export interface LabSettings {
  /** Of the page that the server expects its users on. */
  origin: string
  /** Where the ceremony's options do not say it. */
  rpId?: string | undefined
  /** Waits, for what is answered late. */
  wait: (milliseconds: number) => Promise<void>
}

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
    this.#authenticator = new WebAuthenticator({ origin: settings.origin, prf: false, largeBlob: false })
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
      const reason = error instanceof Error ? error.message : String(error)
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
    if (!answer.accepted) throw new Error(refusal('an honest sign-in', answer))
    return { victim, other }
  }

  async #honestly(username: string): Promise<string> {
    const { ceremony, publicKey } = await this.#target.begin('registration', { username })
    const made = await this.#authenticator.create(creation(publicKey))
    const answer = await this.#target.finish('registration', ceremony, made)
    if (!answer.accepted) throw new Error(refusal('an honest registration', answer))
    this.#accounts.set(username, made.id)
    return made.id
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
    const sent = await this.#authenticator.create({ ...options, ...narrowed(fault, options) }, tampering.overrides)
    if (fault.timing === 'twice') {
      await this.#first('registration', ceremony, sent)
      this.#accounts.set(username, sent.id)
    } else {
      // The newest: what was sent may have another's ID.
      const made = [...this.#authenticator.credentials.keys()].at(-1)
      if (made) this.#authenticator.credentials.delete(made)
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
  async #first(kind: CeremonyKind, ceremony: unknown, sent: Credential) {
    const answer = await this.#target.finish(kind, ceremony, sent)
    if (!answer.accepted) throw new Error(refusal('the honest answer before it', answer))
  }

  async #judged(
    fault: Fault,
    { was, is }: { was: string; is: string },
    ceremony: unknown,
    sent: Credential,
  ): Promise<FaultResult> {
    const began = performance.now()
    const answer = await this.#target.finish(fault.ceremony, ceremony, sent)
    const { accepted, status, code, checks, took = performance.now() - began } = answer
    const common = { id: fault.id, was, is, status, code, checks, sent, took }
    if (accepted) return { ...common, verdict: 'hole', by: [] }
    const by = checks?.length ? failed(checks).map(({ id }) => id) : code ? [code] : []
    return { ...common, verdict: !tells(fault, answer) || by.includes(fault.refusedBy) ? 'caught' : 'elsewhere', by }
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

/** Whether a server says what refused it: many do not, and are taken at their word that they refused. */
export function tells({ refusedBy }: Pick<Fault, 'refusedBy'>, answer: Pick<TargetAnswer, 'checks' | 'code'>): boolean {
  return Boolean(answer.checks?.length) || answer.code === refusedBy
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

/** A server may offer what it likes: where the fault is about one algorithm, the authenticator takes that. */
function narrowed({ options = {} }: Fault, { pubKeyCredParams }: PublicKeyCredentialCreationOptionsJSON) {
  const wanted = options.pubKeyCredParams
  if (!Array.isArray(wanted)) return {}
  const offered = pubKeyCredParams.filter(({ alg }) => wanted.includes(alg))
  return offered.length > 0 ? { pubKeyCredParams: offered } : {}
}

function refusal(what: string, { status, code }: TargetAnswer): string {
  return `The server refuses ${what}: ${status}${code ? ` ${code}` : ''}.`
}

/** ES256, which every Web Crypto has, goes first: what refuses a fault is then the same check in every browser. */
const rank = ({ alg }: { alg: number }) => (alg === -7 ? 0 : mlDsa.includes(alg) ? 2 : 1)

/** COSE numbers of ML-DSA, which not every Web Crypto has. */
const mlDsa = [-48, -49, -50]

/**
 * The options of a registration, for the authenticator. Nothing is excluded: it stands for everybody’s authenticators, also
 * where a server takes all for one user.
 *
 * @throws Error in words, where they are none
 */
function creation(publicKey: Record<string, unknown>) {
  const options = publicKey as unknown as PublicKeyCredentialCreationOptionsJSON
  const lacking = (['rp', 'user', 'pubKeyCredParams'] as const).filter((name) => typeof options[name] !== 'object')
  if (lacking.length) throw new Error(`The server’s options for a registration have no ${lacking.join(', no ')}.`)
  const pubKeyCredParams = [...options.pubKeyCredParams].sort((one, other) => rank(one) - rank(other))
  return { ...options, pubKeyCredParams, excludeCredentials: [] }
}

function request(publicKey: Record<string, unknown>) {
  return publicKey as unknown as PublicKeyCredentialRequestOptionsJSON
}
