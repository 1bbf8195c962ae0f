import { z } from 'zod'
import { type Ceremony, optionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'

/** Unpadded base64url of at most `max` characters. */
export const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/, 'is not base64url')

const credentialIds = z.enum(['registered', 'none']).or(z.array(base64url(1364).min(1)).max(64))

function schemaOf(option: WebAuthnOption): z.ZodType {
  const literals = option.values?.map(({ value }) => z.literal(value)) ?? []
  const value = z.union(literals as unknown as [z.ZodLiteral, z.ZodLiteral])
  switch (option.kind) {
    case 'choice':
      return value
    case 'list':
    case 'algorithms':
      return z
        .array(value)
        .min(option.kind === 'algorithms' ? 1 : 0)
        .max(literals.length)
    case 'milliseconds':
      return z.int().min(1).max(3_600_000)
    case 'extensions':
      return z.record(z.string().max(64), z.unknown())
    case 'credentials':
      return credentialIds
  }
}

/** The strict request schema of a ceremony's options, made from the catalogue. */
function schemaFor(ceremony: Ceremony) {
  const shape: Record<string, z.ZodType> = {}
  const nested: Record<string, Record<string, z.ZodType>> = {}
  for (const option of optionsOf(ceremony)) {
    const [head = '', leaf] = option.path.split('.')
    if (leaf) nested[head] = { ...nested[head], [leaf]: schemaOf(option).optional() }
    else shape[head] = schemaOf(option).optional()
  }
  for (const [name, members] of Object.entries(nested)) shape[name] = z.strictObject(members).optional()
  return z.strictObject(shape)
}

type Requirement = 'required' | 'preferred' | 'discouraged'
type Credentials = 'registered' | 'none' | string[]

interface CommonOptions {
  hints?: ('security-key' | 'client-device' | 'hybrid')[]
  timeout?: number
  extensions?: Record<string, unknown>
}

/** What a caller may choose for a registration: the WebAuthn names, all optional. */
export interface RegistrationOptions extends CommonOptions {
  attestation?: 'none' | 'indirect' | 'direct' | 'enterprise'
  attestationFormats?: string[]
  authenticatorSelection?: {
    authenticatorAttachment?: 'platform' | 'cross-platform'
    residentKey?: Requirement
    userVerification?: Requirement
  }
  /** COSE algorithm identifiers, best first. */
  pubKeyCredParams?: number[]
  excludeCredentials?: Credentials
}

/** What a caller may choose for an authentication. */
export interface AuthenticationOptions extends CommonOptions {
  userVerification?: Requirement
  allowCredentials?: Credentials
}

export const registrationOptions = schemaFor('registration') as unknown as z.ZodType<RegistrationOptions>
export const authenticationOptions = schemaFor('authentication') as unknown as z.ZodType<AuthenticationOptions>
