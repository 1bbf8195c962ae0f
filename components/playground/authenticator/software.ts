import { WebAuthenticator, type WebCredential } from '#lib/webauthn/authenticator/web-authenticator.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { Candidate, Person, SoftwareAuthenticator, Surroundings, Tampered } from './answering.ts'
import { tellAuthenticatorChange } from './authenticator-change.ts'
import { installCredentials } from './credentials-container.ts'
import { keepSoftware, keptSoftware } from './kept-software.ts'
import {
  mostAuthenticators,
  platformSettings,
  roamingSettings,
  type SoftwareSettings,
  webSettings,
} from './software-settings.ts'

/** A question that waits for the person. */
export interface Question {
  kind: CeremonyKind
  /** As they are now. */
  candidates: () => readonly Candidate[]
  take: (candidate: Candidate) => void
  dismiss: () => void
}

/** How the page's software authenticators stand. Never changed, only replaced. */
export interface SoftwareState {
  /** They answer in the browser's place. */
  on: boolean
  authenticators: readonly SoftwareAuthenticator[]
  /** In a dialogue. */
  choosing?: Question | undefined
  /** Beside the page. */
  offering?: Question | undefined
  /** What the latest answer said instead of the truth, where it did. */
  tampered?: Tampered | undefined
}

/** The page's software authenticators: which there are, what they hold, and whether they answer. */
class Software {
  #state: SoftwareState = { on: false, authenticators: [] }
  #restore: (() => void) | undefined
  #last = 0
  #keeping: Promise<unknown> = Promise.resolve()
  readonly #listeners = new Set<() => void>()

  readonly state = () => this.#state

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes in what this tab has kept, once; not over what was done while it was read. */
  async restore(): Promise<void> {
    const before = this.#state
    if (before.authenticators.length) return
    const { on, authenticators } = await keptSoftware(location.origin)
    if (this.#state !== before) return
    this.#last = authenticators.length
    this.#show({ authenticators })
    if (on) this.turn(true)
  }

  /**
   * Answers in the browser's place, or lets the browser answer again. The first time there is one authenticator to begin
   * with. Without Web Crypto none can answer, and the browser does.
   */
  turn(on: boolean): void {
    if (on === this.#state.on || (on && !globalThis.crypto?.subtle)) return
    if (on && !this.#state.authenticators.length) {
      this.add('platform')
      return
    }
    this.#restore?.()
    this.#restore = on ? installCredentials(this.#surroundings) : undefined
    // What waits beside the page goes over, and is not ended with those that were asked.
    tellAuthenticatorChange()
    if (!on) for (const question of [this.#state.choosing, this.#state.offering]) question?.dismiss()
    this.#show({ on, tampered: undefined })
    this.#keep()
  }

  /** The first one answers at once: it is wanted for that. */
  add(attachment: SoftwareSettings['attachment']): void {
    const { authenticators } = this.#state
    if (authenticators.length >= mostAuthenticators) return
    const base = attachment === 'platform' ? platformSettings : roamingSettings
    const taken = new Set(authenticators.map(({ settings }) => settings.name))
    const names = Array.from({ length: mostAuthenticators + 1 }, (_, at) => (at ? `${base.name} ${at + 1}` : base.name))
    const settings = { ...base, name: names.find((name) => !taken.has(name)) ?? base.name }
    const web = new WebAuthenticator(webSettings(settings, location.origin))
    this.#show({ authenticators: [...authenticators, { id: ++this.#last, settings, web }] })
    this.#keep()
    if (!authenticators.length) this.turn(true)
  }

  /** With its passkeys. The last one gone, the browser answers again. */
  remove(id: number): void {
    this.#show({ authenticators: this.#state.authenticators.filter((each) => each.id !== id) })
    if (!this.#state.authenticators.length) this.turn(false)
    this.#keep()
  }

  set(id: number, change: Partial<SoftwareSettings>): void {
    const authenticators = this.#state.authenticators.map((each) => {
      if (each.id !== id) return each
      const settings = { ...each.settings, ...change }
      each.web.settings = new WebAuthenticator(webSettings(settings, location.origin)).settings
      return { ...each, settings }
    })
    this.#show({ authenticators })
    this.#keep()
  }

  forget(id: number, credentialId: string): void {
    this.#state.authenticators.find((each) => each.id === id)?.web.credentials.delete(credentialId)
    this.#changed()
  }

  /** Takes in those that none holds yet, and says how many. */
  take(id: number, credentials: readonly WebCredential[]): number {
    const web = this.#state.authenticators.find((each) => each.id === id)?.web
    const taken = web ? credentials.filter((credential) => !this.holds(credential.id)) : []
    for (const credential of taken) web?.credentials.set(credential.id, credential)
    this.#changed()
    return taken.length
  }

  holds(credentialId: string): boolean {
    return this.#state.authenticators.some(({ web }) => web.credentials.has(credentialId))
  }

  /** All of it gone, and the browser answers again. */
  clear(): void {
    this.turn(false)
    this.#show({ authenticators: [] })
    this.#keep()
  }

  readonly #person: Person = {
    choose: (kind, candidates, signal) => this.#ask('choosing', kind, () => candidates, signal),
    offer: (candidates, signal) => this.#ask('offering', 'authentication', candidates, signal),
  }

  readonly #surroundings: Surroundings = {
    authenticators: () => (this.#state.on ? this.#state.authenticators : []),
    get page() {
      return location
    },
    person: this.#person,
    answered: ({ id }, tampered) => {
      if (tampered) this.set(id, { tamper: undefined })
      else this.#changed()
      this.#show({ tampered })
    },
  }

  #ask(where: 'choosing' | 'offering', kind: CeremonyKind, candidates: Question['candidates'], signal: AbortSignal) {
    return new Promise<Candidate>((resolve, reject) => {
      const end = () => {
        if (this.#state[where] === question) this.#show({ [where]: undefined })
      }
      const refuse = (why: unknown) => {
        end()
        reject(why)
      }
      const question: Question = {
        kind,
        candidates,
        take: (candidate) => {
          end()
          resolve(candidate)
        },
        dismiss: () => refuse(new DOMException('nothing was chosen', 'NotAllowedError')),
      }
      signal.addEventListener('abort', () => refuse(signal.reason))
      // One at a time, as in a browser.
      this.#state[where]?.dismiss()
      this.#show({ [where]: question })
    })
  }

  /** What an authenticator holds has changed in place. */
  #changed(): void {
    this.#show({ authenticators: [...this.#state.authenticators] })
    this.#keep()
  }

  #show(change: Partial<SoftwareState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** One after the other: the last word is the latest. */
  #keep(): void {
    this.#keeping = this.#keeping.then(() => keepSoftware(this.#state)).catch(() => undefined)
  }
}

export const software: Software = new Software()
