import { z } from 'zod'
import { attestation } from './attestation.ts'
import { environment, tier } from './environment.ts'
import { keyView } from './keys.ts'
import { label } from './label.ts'
import { moment } from './moment.ts'
import { roleNames } from './roles.ts'
import { origin, rpId } from './tenant.ts'
import { usageGroup } from './usage.ts'
import { deliveryList, webhookCreate, webhookFigures, webhookView } from './webhooks.ts'

// What the Console's pages ask of the server, under /console/api. A member is signed in by cookie and sees one tenant.

const role = z.enum(roleNames)

/** Whom an invitation's token lets in, and where to. The token stands in the link's fragment: no log has it. */
export const joinRead = z.strictObject({ token: z.string().min(1).max(128) })
export const joinInvitation = z.object({
  tenantName: z.string(),
  /** For whom it is, and what it makes them. Empty: whoever has it. */
  invitee: z.string(),
  role,
  setUp: z.boolean(),
  invitedBy: z.string(),
  expiresAt: z.iso.datetime(),
})
export type JoinInvitation = z.infer<typeof joinInvitation>
/** The change that an assertion is asked for, by its request: `PATCH /keys/4fQ9mZ7hLw2c`. */
export const confirmBegin = z.strictObject({
  change: z.string().regex(/^(?:POST|PATCH|DELETE) \/[\w./-]{1,128}$/, 'names no change'),
  /** What the request will say: another one is not confirmed. */
  body: z.looseObject({}).optional(),
})

/** With a session: its person joins as they are, under the name that they have unless they say another. */
export const joinAccept = joinRead.extend({ name: label.optional() })

/** The tenants of the person who is signed in. */
export const ownTenants = z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), role })) })
export type OwnTenants = z.infer<typeof ownTenants>
export const tenantEnter = z.strictObject({ tenantId: z.string().min(1).max(64) })

export const joinBegin = joinRead.extend({ name: label })

export const brandingView = z.object({
  name: z.string().nullable(),
  color: z.string().nullable(),
  logoUrl: z.string().nullable(),
})
export type BrandingView = z.infer<typeof brandingView>

/** Who is signed in, and for whom. */
export const consoleSession = z.object({
  member: z.object({ id: z.string(), name: z.string(), role }),
  /** `tierCeiling`: the highest tier that its keys may have. */
  tenant: z.object({ id: z.string(), name: z.string(), slug: z.string(), tierCeiling: tier }),
  /** How pages show the tenant, where it chose that. */
  branding: brandingView.optional(),
  expiresAt: z.iso.datetime(),
})
export type ConsoleSession = z.infer<typeof consoleSession>

/** What the Console tells on each of its pages. `notice`: what share of the month's quota is used up. */
export const quotaView = z.object({
  /** Null: no quota. */
  limit: z.int().nullable(),
  used: z.int(),
  resetsAt: z.iso.datetime(),
  notice: z.enum(['80', '100']).nullable(),
})
export type QuotaView = z.infer<typeof quotaView>

/** What traffic says of a key. */
export const keyActivity = z.object({
  /** Requests of each of the last 14 days (UTC), today last. */
  days: z.array(z.int()).length(14),
  /** Scopes that the key holds, this server has operations for, and no request of the last 30 days needed. */
  unusedScopes: z.array(z.string()),
  /** 90 days after it was made a key should be rotated. */
  rotationDue: z.boolean(),
})
export type KeyActivity = z.infer<typeof keyActivity>

export const consoleKey = keyView.extend({ activity: keyActivity })
export type ConsoleKey = z.infer<typeof consoleKey>
/**
 * Keys that work, newest first, a page of them; with the first page, the newest of those that do not any more, and the oldest of
 * those that should be rotated: eleven stand for more than ten.
 */
export const consoleKeys = z.object({
  data: z.array(consoleKey),
  nextCursor: z.string().nullable(),
  due: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })),
})
export type ConsoleKeys = z.infer<typeof consoleKeys>
export const consoleKeysQuery = z.strictObject({
  environment: environment.default('test'),
  cursor: z.string().max(64).optional(),
})

/** Where a key was used from in the last 7 days, the latest first. A null address: the server could not know it. */
export const keyAddresses = z.object({
  data: z.array(
    z.object({ address: z.string().nullable(), firstSeenAt: z.iso.datetime(), lastSeenAt: z.iso.datetime() }),
  ),
})
export type KeyAddresses = z.infer<typeof keyAddresses>

/** A webhook endpoint, and how it does. */
export const consoleWebhook = webhookView.extend({ environment, figures: webhookFigures })
export type ConsoleWebhook = z.infer<typeof consoleWebhook>
export const consoleWebhookCreate = webhookCreate.extend({ environment })

/**
 * Deliveries to an endpoint, newest first; `undelivered`: how many of all that are kept did not arrive, or not yet;
 * 1,001 stands for more than a thousand.
 */
export const consoleDeliveryList = deliveryList.extend({ undelivered: z.int() })
export type ConsoleDeliveryList = z.infer<typeof consoleDeliveryList>

export const consoleUsageQuery = z.strictObject({
  environment: environment.default('test'),
  from: moment.optional(),
  to: moment.optional(),
})
export type ConsoleUsageQuery = z.input<typeof consoleUsageQuery>
export const usageExportQuery = consoleUsageQuery.extend({ groupBy: usageGroup.default('day') })

/** Requests over time, by operation and outcome and by key; with the peaks that keys reached against their limits. */
export const consoleUsage = z.object({
  /** The width of a point in time: hours for up to three days, else days. */
  step: z.enum(['hour', 'day']),
  /** The beginning of each point, without gaps. */
  times: z.array(z.iso.datetime()),
  /** Requests at each of `times`. `outcome` is `ok`, `repeated` or a problem's code. */
  series: z.array(z.object({ operation: z.string(), outcome: z.string(), requests: z.array(z.int()) })),
  keys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      hint: z.string(),
      requests: z.int(),
      errors: z.int(),
      peakPerMinute: z.int(),
      peakConcurrent: z.int(),
      limits: z.object({ requestsPerMinute: z.int(), concurrent: z.int() }),
    }),
  ),
  /** How many more keys have requests: a hundred are told of, those with the most. */
  otherKeys: z.int(),
  meters: z.record(z.string(), z.int()),
  totals: z.object({ requests: z.int(), errors: z.int() }),
})
export type ConsoleUsage = z.infer<typeof consoleUsage>

export const memberView = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
  you: z.boolean(),
})
/** For whom an invitation is, as the member who makes it calls them, and what it makes them. */
export const invitationCreate = z.strictObject({ invitee: label, role })
export type InvitationCreate = z.input<typeof invitationCreate>
export const roleChange = z.strictObject({ role })

export const invitationView = z.object({
  id: z.string(),
  invitee: z.string(),
  role,
  setUp: z.boolean(),
  invitedBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export const ownSession = z.object({
  id: z.string(),
  /** Where it is: the person's tenants share their sessions. */
  tenantName: z.string(),
  current: z.boolean(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export const ownPasskey = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string().nullable(),
  backedUp: z.boolean(),
  attestation,
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** It began this session, which ends with it. */
  current: z.boolean(),
})

/** What the member who asks signs in with, and where they are signed in. */
export const ownAccess = z.object({ passkeys: z.array(ownPasskey), sessions: z.array(ownSession) })
export type OwnAccess = z.infer<typeof ownAccess>
export const ownPasskeyRename = z.strictObject({ name: label })

/** Who may come in: members and open invitations. */
export const membersAnswer = z.object({ members: z.array(memberView), invitations: z.array(invitationView) })
export type MembersAnswer = z.infer<typeof membersAnswer>

/** What became of the session that removed a passkey: it ends where that had begun it, and confirmed its own removal. */
export const passkeyRemoved = z.object({ signedOut: z.boolean() })
export type PasskeyRemoved = z.infer<typeof passkeyRemoved>

/** `link` is shown once. */
export const invited = z.object({ invitation: invitationView, link: z.string() })
export type Invited = z.infer<typeof invited>

export const relyingPartyView = z.object({
  name: z.string(),
  id: z.string(),
  origins: z.array(z.string()),
  /** What holds where nothing was chosen. */
  defaults: z.object({ name: z.string(), id: z.string(), origins: z.array(z.string()) }),
  /** How many passkeys another RP ID would leave behind. */
  passkeys: z.int(),
})
export type RelyingPartyView = z.infer<typeof relyingPartyView>

/** Null goes back to the default. */
export const relyingPartyUpdate = z.strictObject({
  name: label.nullable().optional(),
  id: rpId.nullable().optional(),
  origins: z.array(origin).min(1, 'name at least one').max(20).nullable().optional(),
})
export type RelyingPartyUpdate = z.input<typeof relyingPartyUpdate>

/** Null goes back to the default. An uploaded logo is a data: URL of a PNG, JPEG, WebP or SVG of at most 40 kB. */
export const brandingUpdate = z.strictObject({
  name: label.nullable().optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is not a colour such as #2b45e8')
    .nullable()
    .optional(),
  logo: z
    .string()
    .max(60_000, 'is larger than 40 kB')
    .regex(
      /^(?:https:\/\/[^\s"'<>\\]{1,2000}|data:image\/(?:png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+)$/,
      'is no https URL and no image',
    )
    .nullable()
    .optional(),
})
export type BrandingUpdate = z.input<typeof brandingUpdate>
