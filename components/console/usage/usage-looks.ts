import { type ErrorCode, errors } from '#lib/contract/errors.ts'
import { grpcStatuses, mpcOperations } from '#lib/contract/mpc-operations.ts'
import { operations } from '#lib/contract/operations.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'

export const textures = ['solid', 'diagonal', 'dots', 'horizontal', 'back', 'vertical', 'cross', 'grid'] as const
export type Texture = (typeof textures)[number]

/** How a series is drawn. The texture alone tells series of one view apart: colour only says what they have in common. */
export interface Look {
  color: string
  texture: Texture
}

/** Sets the colours that the looks name, for light and dark. */
export const palette =
  '[--calm:#4d9378] dark:[--calm:#3f8a6d] [--violet:#6d3fc4] dark:[--violet:#b394ff] [--brown:#8f5a26] dark:[--brown:#c8965c] [--gray:#7a7e8c] dark:[--gray:#858b9c] [--teal:#1f7f8c] dark:[--teal:#5cb8c4] [--rose:#b03a72] dark:[--rose:#e08ab4] [--olive:#69751b] dark:[--olive:#b3bf58] [--plum:#8a3f9c] dark:[--plum:#d08be0] [--slate:#4a6fa5] dark:[--slate:#8fb1e3] [--pine:#2f6d57] dark:[--pine:#86cfae] [--coral:#b4532f] dark:[--coral:#f0a284]'

const families: readonly [operations: RegExp, color: string][] = [
  [/^passkeys\.register\./, 'var(--jwt-payload)'],
  [/^passkeys\.authenticate\./, 'var(--jwt-signature)'],
  [/^passkeys\./, 'var(--jwt-header)'],
  [/^keys\./, 'var(--violet)'],
  [/^oauth\./, 'var(--brown)'],
  [/^mpc\.key\./, 'var(--rose)'],
  [/^mpc\./, 'var(--teal)'],
  [/^skills\./, 'var(--olive)'],
  [/^webhooks\.(?:deliveries\.|test|recover)/, 'var(--plum)'],
  [/^webhooks\./, 'var(--slate)'],
  [/^account\./, 'var(--pine)'],
  [/^(?:tenant|usage|logs)\./, 'var(--coral)'],
  [/^/, 'var(--gray)'],
]

const counted = [...Object.keys(operations), ...mpcOperations]

const familyOf = (operation: string) => families.findIndex(([operations]) => operations.test(operation))

/** An operation's look, always the same: the colour is its family’s, the texture its own within it. */
export function operationLook(operation: string): Look {
  const family = familyOf(operation)
  const place = counted.filter((name) => familyOf(name) === family).indexOf(operation)
  return { color: families[family]?.[1] ?? 'var(--gray)', texture: textureAt(Math.max(place, 0)) }
}

/**
 * A look for each of some outcomes: calm for `ok` and `repeated`, red where the caller was refused or the server failed, amber for what
 * the caller can mend.
 */
export function outcomeLooks(outcomes: readonly string[]): Map<string, Look> {
  const refusals = outcomes.filter((outcome) => !goodOutcomes.includes(outcome))
  return new Map([
    ['ok', { color: 'var(--calm)', texture: 'solid' }],
    ['repeated', { color: 'var(--calm)', texture: 'diagonal' }],
    ...refusals.map((outcome, at): [string, Look] => [
      outcome,
      { color: isGrave(outcome) ? 'var(--bad)' : 'var(--warn)', texture: textureAt(at + 2) },
    ]),
  ])
}

/** What is left over, taken together. */
export const othersLook: Look = { color: 'var(--faint)', texture: 'grid' }

function textureAt(place: number): Texture {
  return textures[place % textures.length] ?? 'solid'
}

// What the caller can mend, in gRPC’s names; some of them are ours, too.
const mendable: ReadonlySet<string> = new Set(
  grpcStatuses
    .filter((status) => !/^(?:UNKNOWN|INTERNAL|UNAVAILABLE|DATA_LOSS|UNAUTHENTICATED|PERMISSION_DENIED)$/.test(status))
    .map((status) => status.toLowerCase()),
)

function isGrave(outcome: string): boolean {
  if (mendable.has(outcome)) return false
  const status = errors[outcome as ErrorCode]?.status
  return outcome === 'verification_failed' || !status || status === 401 || status === 403 || status >= 500
}
