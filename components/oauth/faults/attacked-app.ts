import type { OAuth } from '#lib/sdk/oauth.ts'

/** A public client whose code flow is attacked, and how it reaches its server. */
export interface AttackedApp {
  baseUrl: string
  clientId: string
  /** Another client of the same server, where there is one. */
  otherClientId: string | undefined
  redirectUri: string
  /** The app's own part: it makes requests, and checks what comes back. */
  oauth: Pick<OAuth, 'authorizationUrl' | 'readCallback'>
  fetch: typeof fetch
  /** Sends the person's browser to an address, and says where it ended; nobody is asked anything. */
  visit: (url: string) => Promise<Visited>
  /** Waits, for what is used late. */
  wait: (milliseconds: number) => Promise<void>
}

export interface Visited {
  /** Where the browser was led in the end. */
  url: string
  status: number
  /** The page there. */
  text: string
}

/** One request of an attempt, with its answer. */
export interface OAuthStep {
  /** `honest` must be accepted, or nothing is shown by a refusal; `attack` must be refused; `shown` is there to be seen. */
  part: 'honest' | 'attack' | 'shown'
  words: string
  /** Absent where the app looks by itself. Secrets are replaced by names, as `$CODE`. */
  request?: { method: 'GET' | 'POST'; url: string; fields: readonly (readonly [name: string, value: string])[] }
  accepted: boolean
  /** Of an attack: the code that it must be refused with. */
  must?: string
  /** HTTP status. */
  status?: number
  /** OAuth's code of a refusal. */
  code?: string
  /** The refusal in the server's words, or the library's. */
  said?: string
  /** Milliseconds. */
  took?: number
}
