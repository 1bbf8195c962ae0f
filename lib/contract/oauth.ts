import { z } from 'zod'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { environment } from './environment.ts'
import { label } from './label.ts'
import { grantTypes, oauthScopeNames } from './oauth-scopes.ts'
import { page, pageOf } from './page.ts'

const loopback = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?[/?]/

/** Why a redirect URI cannot be one, or undefined. Hosts and schemes are judged as a browser reads them. */
function whyNoRedirectUri(text: string): string | undefined {
  const parsed = URL.parse(text)
  if (!parsed) return 'is not an absolute URI'
  if (text.includes('#')) return 'has a fragment'
  if (/[^\x21-\x7e]|[\\*"<>^`{|}]/.test(text)) return 'has a character that a URI cannot have, or a wildcard'
  const { href, protocol, username, password, pathname } = parsed
  if (username || password) return 'has a user in it'
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(text.replace(/\?.*$/, '').replace(/%2e/gi, '.'))) return 'has dots in its path'
  if (protocol === 'https:') return undefined
  if (protocol === 'http:') return loopback.test(href) ? undefined : 'is http: on a host that is not this machine'
  // RFC 8252 §7.1: a private-use scheme is a domain turned around, and so has a dot.
  return /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/(?!\/)/.test(href) && pathname.length > 1
    ? undefined
    : 'needs https:, http: on localhost, or an app’s own scheme such as com.example.app:/callback'
}

/** Where an app takes users back. It is kept as a browser writes it, `new URL(uri).href`. */
export const redirectUri = z
  .string()
  .max(512, 'is longer than 512 characters')
  .superRefine((text, context) => {
    const message = whyNoRedirectUri(text)
    if (message) context.addIssue({ code: 'custom', message: `“${beginningOf(text, 128)}” ${message}` })
  })

const redirectUris = z.array(redirectUri).max(20, 'has more than 20 entries')
const scopes = z.array(z.enum(oauthScopeNames)).min(1, 'names no scope').max(oauthScopeNames.length)
const optionalScopes = z.array(z.enum(oauthScopeNames)).max(oauthScopeNames.length)
const grants = z.array(z.enum(grantTypes)).min(1, 'names no grant').max(grantTypes.length)
const logoUrl = z
  .string()
  .max(2000, 'is longer than 2000 characters')
  .regex(/^https:\/\/[^\s"'<>\\]+$/, 'is no https URL')

/** What a new OAuth client is to be. */
export const clientCreate = z.strictObject({
  name: label,
  type: z.enum(['public', 'confidential']),
  redirectUris: redirectUris.default([]),
  /** Where users may be taken after a sign-out. Unless told, the redirect URIs. */
  postLogoutRedirectUris: redirectUris.optional(),
  scopes,
  /** Those of the scopes that a user may leave out of what they allow; the app goes on without them. */
  optionalScopes: optionalScopes.default([]),
  grants: grants.default(['authorization_code', 'refresh_token']),
  /** Whether every token must be bound to a key of the client's (RFC 9449). */
  dpopRequired: z.boolean().default(false),
  logoUrl: logoUrl.optional(),
})
export type ClientCreate = z.input<typeof clientCreate>

/** The same, in the Console, where a member names the environment. */
export const consoleClientCreate = clientCreate.extend({ environment })

export const signUpSetting = z.strictObject({ signUp: z.boolean() })

/** What may change of a client; what is not named stays. Its type is for good. */
export const clientUpdate = z
  .strictObject({
    name: label.optional(),
    redirectUris: redirectUris.optional(),
    postLogoutRedirectUris: redirectUris.nullable().optional(),
    scopes: scopes.optional(),
    optionalScopes: optionalScopes.optional(),
    grants: grants.optional(),
    dpopRequired: z.boolean().optional(),
    logoUrl: logoUrl.nullable().optional(),
  })
  .refine((update) => Object.keys(update).length > 0, 'names nothing to change')
export type ClientUpdate = z.input<typeof clientUpdate>

/** A client's secret as it is shown after its making. */
export const clientSecretView = z.object({ id: z.string(), hint: z.string(), createdAt: z.iso.datetime() })
export type ClientSecretView = z.infer<typeof clientSecretView>

export const clientView = z.object({
  clientId: z.string(),
  name: z.string(),
  type: z.enum(['public', 'confidential']),
  environment,
  redirectUris: z.array(z.string()),
  /** Null: the redirect URIs. */
  postLogoutRedirectUris: z.array(z.string()).nullable(),
  scopes: z.array(z.string()),
  /** Those of them that a user may leave out. */
  optionalScopes: z.array(z.string()),
  grants: z.array(z.enum(grantTypes)),
  dpopRequired: z.boolean(),
  logoUrl: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Of a confidential client: the secrets that work, at most two, oldest first. */
  secrets: z.array(clientSecretView),
})
export type ClientView = z.infer<typeof clientView>

/** A client that was just made. `clientSecret`, of a confidential one, is here and nowhere else. */
export const clientCreated = clientView.extend({ clientSecret: z.string().optional() })
export type ClientCreated = z.infer<typeof clientCreated>

/** A further secret that was just made. */
export const clientSecretCreated = clientSecretView.extend({ clientSecret: z.string() })
export type ClientSecretCreated = z.infer<typeof clientSecretCreated>

/** The same for who asks with an Idempotency-Key: one that came before is answered without the secret. */
export const clientSecretAsked = clientSecretCreated.partial({ clientSecret: true })
export type ClientSecretAsked = z.infer<typeof clientSecretAsked>

export const clientQuery = z.strictObject({ ...page })
export type ClientQuery = z.input<typeof clientQuery>
export const clientList = pageOf(clientView)
export type ClientList = z.infer<typeof clientList>

/** How the tenant is shown on the pages of a sign-in. Null: not chosen. */
export interface PageBranding {
  name: string
  color: string | null
  logoUrl: string | null
}

/** What a page under `/interaction/{uid}` asks a user: to sign in, or to allow what an app asks for. */
export interface InteractionView {
  uid: string
  prompt: 'login' | 'consent'
  /** `since`: when the tenant added it; null where it is part of this server. */
  client: { name: string; logoUrl: string | null; since: string | null }
  tenant: PageBranding
  environment: 'test' | 'live'
  /** Where the answer goes; null where a device waits for it. */
  returnsTo: ReturnsTo | null
  /** Login: whether people may make an account here; the username that the app expects. */
  signUp: boolean
  loginHint: string | null
  /** Consent: who is signed in. */
  user: { username: string; displayName: string } | null
  /** What is asked for, the heavy last. */
  scopes: ScopeAsked[]
}

/** A redirect URI as people are shown it. */
export interface ReturnsTo {
  /** Its host, whole, as browsers write it; of an app's own scheme that. */
  place: string
  /** The same in the letters that it stands for, where that is not the same. */
  readable: string | null
  /** Whose it is, as far as is known. */
  whose: 'tenant' | 'server' | 'device' | 'other'
}

/** One scope that a user is asked for. */
export interface ScopeAsked {
  scope: string
  words: string
  /** Where (null: it is who the user is). */
  at: string | null
  /** `allowed`: before, so that it is not in question. */
  state: 'needed' | 'optional' | 'allowed'
  /** What follows from it, where that is money, signatures, keys or the way in. */
  follows: string | null
}

/** Where the browser goes next. */
export interface InteractionStep {
  location: string
}

/** An app that the user let in, on `/account`. */
export interface AccountGrant {
  clientId: string
  client: { name: string; logoUrl: string | null }
  /** What it may do, and where (null: it is who the user is). */
  scopes: { scope: string; words: string; at: string | null }[]
  createdAt: string
  updatedAt: string
  /** To within a minute; null where that is not known. */
  lastUsedAt: string | null
}

/** A passkey of the user's own, on `/account`. */
export interface AccountPasskey {
  id: string
  name: string
  provider: string | null
  synced: boolean
  createdAt: string
  lastUsedAt: string | null
  /** Whether this browser signed in with it. */
  current: boolean
}

/** Where the user is signed in. Null: not known. */
export interface AccountSession {
  id: string
  userAgent: string | null
  address: string | null
  signedInAt: string | null
  /** Whether it is this browser. */
  current: boolean
}

/** The page `/account`, for whoever is signed in. */
export interface AccountView {
  passkeys: AccountPasskey[]
  sessions: AccountSession[]
  user: { username: string; displayName: string }
  tenant: PageBranding
  environment: 'test' | 'live'
  grants: AccountGrant[]
}
