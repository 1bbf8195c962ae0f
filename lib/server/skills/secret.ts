import { randomBytes } from 'node:crypto'
import { clock, later } from '../clock.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { secretPrefix } from '../webhooks/sign.ts'
import type { StoredSkill } from './store.ts'

/** For so long after a rotation the secret before signs, too. */
const overlapMilliseconds = 24 * 3_600_000

type Named = Pick<StoredSkill, 'tenantId' | 'environment' | 'id'>

/** A secret that signs a skill's calls: its text, which is shown once, and what is kept of it. */
export function newSecret(skill: Named) {
  const text = `${secretPrefix}${randomBytes(32).toString('base64')}`
  // The last four characters before the padding.
  const secretHint = `${secretPrefix}…${text.slice(-5, -1)}`
  return { text, kept: { secret: seal(text, purposeOf(skill)), secretHint } }
}

/** What becomes of a skill's secret when there is a new one: it signs, too, for a day. */
export function replaced({ secret }: StoredSkill) {
  return { previousSecret: secret, previousUntil: later(overlapMilliseconds) }
}

/** The secrets that sign a skill's calls now. */
export function secretsOf(skill: StoredSkill): string[] {
  const { secret, previousSecret, previousUntil } = skill
  const previous = previousUntil && previousUntil.getTime() > clock.now() ? previousSecret : null
  return [secret, ...(previous ? [previous] : [])].map((sealed) => unseal(sealed, purposeOf(skill)))
}

function purposeOf({ tenantId, environment, id }: Named): string {
  return `skill-secret:${tenantId}:${environment}:${id}`
}
