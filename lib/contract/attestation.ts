import { z } from 'zod'
import { label } from './label.ts'

/** What a tenant can ask of the attestation of a new passkey. */
export const attestationPolicyNames = ['none', 'verify', 'require-trusted'] as const
export type AttestationPolicyName = (typeof attestationPolicyNames)[number]

/** What can vouch for an authenticator: FIDO's metadata, an anchor of the tenant's, or a maker's root that is built in. */
export const attestationSource = z.enum(['fido-metadata', 'trust-anchor', 'built-in'])
export type AttestationSource = z.infer<typeof attestationSource>

/**
 * What became of an attestation when its passkey was registered.
 *
 * `trusted` is true only where a known root vouches for the authenticator, and nothing is reported against its model.
 * `source` is what knew the root, also where it is not trusted for another reason, and `root` is that root's subject;
 * `status` and `description` are what FIDO's metadata said of the model then.
 */
export const attestation = z.object({
  format: z.string(),
  trusted: z.boolean(),
  source: attestationSource.nullable(),
  root: z.string().nullable(),
  status: z.array(z.string()),
  description: z.string().nullable(),
})
export type Attestation = z.infer<typeof attestation>

const aaguid = z
  .string()
  .max(64, 'is no AAGUID')
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'is no AAGUID such as ee882879-721c-4913-9775-3dfcce97072a')
  .transform((text) => text.toLowerCase())

/** What is to change of a tenant's policy. An empty list of AAGUIDs allows every model. */
export const attestationPolicyUpdate = z.strictObject({
  policy: z.enum(attestationPolicyNames).optional(),
  allowedAaguids: z.array(aaguid).max(100, 'has more than 100').optional(),
})
export type AttestationPolicyUpdate = z.input<typeof attestationPolicyUpdate>

/** A certificate that a tenant trusts to vouch for authenticators. */
export const trustAnchorView = z.object({
  id: z.string(),
  name: z.string(),
  subject: z.string(),
  /** SHA-256, in hex. */
  fingerprint: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  createdAt: z.iso.datetime(),
})
export type TrustAnchorView = z.infer<typeof trustAnchorView>

/** `certificate` is one, in PEM. */
export const trustAnchorCreate = z.strictObject({
  name: label,
  certificate: z.string().max(16_384, 'is longer than 16 kB'),
})
export type TrustAnchorCreate = z.input<typeof trustAnchorCreate>

/** The state of FIDO's metadata on this server: of the last good file, and what is wrong with the one that is there. */
export const metadataView = z.object({
  /** Of the last good file; null where there was none. */
  number: z.int().nullable(),
  models: z.int(),
  /** A day, `YYYY-MM-DD`. */
  nextUpdate: z.string().nullable(),
  overdue: z.boolean(),
  fault: z.string().nullable(),
})
export type MetadataView = z.infer<typeof metadataView>

/** A tenant's policy, what it trusts, and the server's metadata; `metadata` is null where the server has no file of it. */
export const attestationPolicyView = z.object({
  policy: z.enum(attestationPolicyNames),
  allowedAaguids: z.array(z.string()),
  anchors: z.array(trustAnchorView),
  metadata: metadataView.nullable(),
})
export type AttestationPolicyView = z.infer<typeof attestationPolicyView>
