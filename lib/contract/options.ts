import { z } from 'zod'
import { canonicalBase64url } from '#lib/webauthn/decode/bytes.ts'
import { type CatalogueEntry, type CeremonyKind, requestOptionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { extensionInputs } from './extension-inputs.ts'
import { optional } from './optional.ts'
import { verifiedAlgorithms } from './verified-algorithms.ts'

/** Base64url of at most `bytes` bytes, in the one way that those bytes are written: see `canonicalBase64url`. */
export const base64url = (bytes: number) =>
  z
    .string()
    .max(Math.ceil((bytes * 4) / 3), { message: `has more than ${bytes.toLocaleString('en')} bytes`, abort: true })
    .regex(canonicalBase64url, 'is not base64url without padding')

const credentialId = base64url(1023).min(1)

/** A credential that is named: by its ID alone, or with the transports that the browser is to try. */
const namedCredential = credentialId.or(
  z.strictObject({ id: credentialId, transports: optional(z.array(z.string().min(1).max(32)).max(8), 'list') }),
)

const credentials = z.enum(['registered', 'none']).or(z.array(namedCredential).max(64))

function schemaOf(option: WebAuthnOption): z.ZodType {
  const literals = offeredHere(option).map((value) => z.literal(value))
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
    case 'text':
      return z.string().min(1).max(253)
    case 'bytes':
      return base64url(64).min(1)
    case 'credentials':
      return credentials
    case 'extension':
      return extensionInputs
  }
}

/** The values of an option, without algorithms that nobody could verify here. */
function offeredHere({ values = [] }: WebAuthnOption): (string | number | boolean)[] {
  return values
    .map(({ value }) => value)
    .filter((value) => typeof value !== 'number' || verifiedAlgorithms.includes(value))
}

/** The shape in which an option may be empty and yet be a value. */
const shapes = {
  choice: 'text',
  list: 'list',
  algorithms: 'list',
  milliseconds: undefined,
  text: undefined,
  bytes: undefined,
  credentials: 'list',
  extension: 'dictionary',
} as const

/** The strict request schema of a ceremony's options, made from the catalogue. */
function schemaFor<Kind extends CeremonyKind>(ceremony: Kind): z.ZodType<OptionsOf<Kind>> {
  const shape: Record<string, z.ZodType> = {}
  const nested: Record<string, Record<string, z.ZodType>> = {}
  for (const option of requestOptionsOf(ceremony)) {
    const [head = '', leaf] = option.kind === 'extension' ? ['extensions'] : option.path.split('.')
    const schema = optional(schemaOf(option), shapes[option.kind])
    if (leaf) nested[head] = { ...nested[head], [leaf]: schema }
    else shape[head] = schema
  }
  for (const [name, members] of Object.entries(nested)) shape[name] = optional(z.strictObject(members), 'dictionary')
  return z.strictObject(shape) as z.ZodType as z.ZodType<OptionsOf<Kind>>
}

/** What `schemaOf` accepts for an entry of the catalogue. */
type ValueOf<Entry> = Entry extends { kind: 'choice'; values: readonly { value: infer Value }[] }
  ? Value
  : Entry extends { kind: 'list'; values: readonly { value: infer Value }[] }
    ? Value[]
    : Entry extends { kind: keyof FreeValues }
      ? FreeValues[Entry['kind']]
      : never

interface FreeValues {
  /** COSE numbers, as tables and libraries hold them. */
  algorithms: number[]
  milliseconds: number
  text: string
  /** Base64url. */
  bytes: string
  credentials: z.infer<typeof credentials>
}

/** The entries of one ceremony, but extensions, which are one dictionary, and what the server has nothing to do with. */
type EntryOf<
  Kind extends CeremonyKind,
  Entry = Exclude<CatalogueEntry, { kind: 'extension' } | { place: 'call' }>,
> = Entry extends { ceremonies: readonly (infer Of)[] } ? (Kind extends Of ? Entry : never) : never

/** The dictionaries that an option's path leads into, and its name in there. */
type HeadOf<Path> = Path extends `${infer Head}.${string}` ? Head : never
type LeafOf<Path, Head extends string> = Path extends `${Head}.${infer Leaf}` ? Leaf : never

/** A ceremony's options as a type: the names of WebAuthn, nested where it nests them, all optional. */
type OptionsOf<Kind extends CeremonyKind> = {
  [Entry in EntryOf<Kind> as Exclude<Entry['path'], `${string}.${string}`>]?: ValueOf<Entry>
} & {
  [Head in HeadOf<EntryOf<Kind>['path']>]?: {
    [Entry in EntryOf<Kind> as LeafOf<Entry['path'], Head>]?: ValueOf<Entry>
  }
} & {
  /** Extension inputs by name. */
  extensions?: Record<string, unknown>
}

/** What a caller may choose for a registration. */
export interface RegistrationOptions extends OptionsOf<'registration'> {}

/** What a caller may choose for an authentication. */
export interface AuthenticationOptions extends OptionsOf<'authentication'> {}

export const registrationOptions: z.ZodType<RegistrationOptions> = schemaFor('registration')
export const authenticationOptions: z.ZodType<AuthenticationOptions> = schemaFor('authentication')
