import { z } from 'zod'
import { action } from './action.ts'
import { attestation } from './attestation.ts'
import { check } from './check.ts'
import { label } from './label.ts'
import { optional } from './optional.ts'
import { authenticationOptions, base64url, registrationOptions } from './options.ts'
import { page, pageOf } from './page.ts'
import { username } from './username.ts'

export const user = z.object({ id: z.string(), username: z.string(), displayName: z.string() })
export type User = z.infer<typeof user>

/** A stored passkey. */
export const passkey = z.object({
  id: z.string(),
  credentialId: z.string(),
  name: z.string(),
  aaguid: z.string(),
  provider: z.string().nullable(),
  deviceType: z.enum(['singleDevice', 'multiDevice']),
  backedUp: z.boolean(),
  transports: z.array(z.string()),
  algorithm: z.int(),
  attestation,
  signCount: z.int(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type Passkey = z.infer<typeof passkey>

// The most that each member may hold, in bytes: several times what the largest real ones do.
const clientDataJSON = base64url(8 * 1024)
const authenticatorData = base64url(4 * 1024)
const attestationObject = base64url(32 * 1024)
/** ML-DSA's are half as long. */
const signature = base64url(8 * 1024)
/** @see https://www.w3.org/TR/webauthn-3/#user-handle */
const userHandle = base64url(64)
/** Longer than WebAuthn allows, so that verification says so. */
const credentialId = base64url(3 * 1024)

/** What the client says of its extensions, by name. A name that no extension can have is passed over. */
const extensionResults = optional(
  z
    .record(z.string(), z.unknown())
    .transform((results) => Object.fromEntries(Object.entries(results).filter(([name]) => name.length <= 64))),
  'dictionary',
).default({})

/** RegistrationResponseJSON, as far as verification reads it. */
export const registrationResponse = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.string().max(64),
  authenticatorAttachment: optional(z.string().max(64)),
  clientExtensionResults: extensionResults,
  response: z.object({
    clientDataJSON,
    attestationObject,
    transports: optional(z.array(z.string().max(32)).max(16), 'list'),
  }),
})
export type RegistrationResponse = z.infer<typeof registrationResponse>

/** AuthenticationResponseJSON, as far as verification reads it. */
export const authenticationResponse = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.string().max(64),
  authenticatorAttachment: optional(z.string().max(64)),
  clientExtensionResults: extensionResults,
  response: z.object({
    clientDataJSON,
    authenticatorData,
    signature,
    userHandle: optional(userHandle),
  }),
})
export type AuthenticationResponse = z.infer<typeof authenticationResponse>

const ceremonyId = z.string().min(1).max(64)

const begun = { ceremonyId, expiresAt: z.iso.datetime() }

export const registerBegin = z.strictObject({
  username,
  displayName: optional(label, 'text'),
  options: optional(registrationOptions, 'dictionary'),
  /**
   * What the browser is called with beside `publicKey`. With `conditional` (a passkey made beside another sign-in) the
   * authenticator need not have seen anybody: the flag UP may be 0.
   */
  mediation: optional(z.enum(['optional', 'required', 'silent', 'conditional']), 'text'),
})
export type RegisterBegin = z.input<typeof registerBegin>

/** `publicKey` is a PublicKeyCredentialCreationOptionsJSON. */
export const registerBegun = z.object({
  ...begun,
  publicKey: z.looseObject({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  }),
})
export type RegisterBegun = z.infer<typeof registerBegun>

export const registerFinish = z.strictObject({ ceremonyId, credential: registrationResponse })
export type RegisterFinish = z.input<typeof registerFinish>
export const registerFinished = z.object({ user, passkey, checks: z.array(check) })
export type RegisterFinished = z.infer<typeof registerFinished>

/** With an `action` it asks for the user's approval of that, and the user is verified, whatever `options` say. */
export const authenticateBegin = z.strictObject({
  username: optional(username, 'text'),
  options: optional(authenticationOptions, 'dictionary'),
  action: optional(action, 'dictionary'),
})
export type AuthenticateBegin = Omit<z.input<typeof authenticateBegin>, 'action'>
export type ApproveBegin = AuthenticateBegin & { action: z.input<typeof action> }

/**
 * `publicKey` is a PublicKeyCredentialRequestOptionsJSON. `notes`: in a test environment, what will stand in the way at the
 * end.
 */
export const authenticateBegun = z.object({
  ...begun,
  notes: z.array(z.string()).optional(),
  publicKey: z.looseObject({ challenge: z.string(), rpId: z.string() }),
})
export type AuthenticateBegun = z.infer<typeof authenticateBegun>

export const authenticateFinish = z.strictObject({ ceremonyId, credential: authenticationResponse })
export type AuthenticateFinish = z.input<typeof authenticateFinish>
export const authenticateFinished = z.object({
  token: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
  user,
  passkey,
  tenant: z.object({ id: z.string(), name: z.string() }),
  checks: z.array(check),
})
export type AuthenticateFinished = z.infer<typeof authenticateFinished>

/** How an authentication ends that was begun with an action: with an approval, and no token. */
export const approvalFinished = z.object({
  /** A JWT of the type `approval+jwt`, for exactly that action. */
  approval: z.string(),
  expiresIn: z.int(),
  user,
  passkey,
  checks: z.array(check),
})
export type ApprovalFinished = z.infer<typeof approvalFinished>

export const passkeyList = pageOf(passkey)
export type PasskeyList = z.infer<typeof passkeyList>

export const passkeyRename = z.strictObject({ name: label })

export const passkeyQuery = z.strictObject({ username: username.optional(), ...page })
export type PasskeyQuery = z.input<typeof passkeyQuery>
