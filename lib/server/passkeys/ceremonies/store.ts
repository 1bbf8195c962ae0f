import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'

export interface NewCeremony extends Place {
  id: string
  kind: CeremonyKind
  userId: string | null
  username: string | null
  displayName: string | null
  further: boolean
  /** The passkey whose token or assertion allowed a further one. */
  allowedBy: string | null
  /** What an assertion is for, where it is for one thing alone. */
  purpose: string | null
  /** Of a registration: the mediation that the browser is called with, where it was told. */
  mediation: string | null
  /** Of an approval: what its challenge commits to. */
  action: string | null
  salt: string | null
  options: string
  expiresAt: Date
}

export type StoredCeremony = NewCeremony

/** Keeps a ceremony until it is taken or expires. */
export async function save(ceremony: NewCeremony): Promise<void> {
  await (await database()).ceremony.create({ data: ceremony })
}

/**
 * Takes a ceremony out of storage: read and deleted in one statement, so that of many at once one gets it. Undefined when
 * there is none of that id, place and kind, or it has expired.
 */
export async function take(id: string, place: Place, kind: CeremonyKind): Promise<StoredCeremony | undefined> {
  const db = await database()
  try {
    const taken = await db.ceremony.delete({ where: { id, ...place, kind } })
    return taken.expiresAt.getTime() > clock.now() ? (taken as StoredCeremony) : undefined
  } catch (error) {
    if ((error as { code?: string }).code === 'P2025') return undefined
    throw error
  }
}

/** Deletes ceremonies that nobody finished in time. */
export async function removeExpired(): Promise<void> {
  await (await database()).ceremony.deleteMany({ where: { expiresAt: { lte: new Date(clock.now()) } } })
}

/** Moves a ceremony to another place; nothing where it is not in the first. */
export async function move(id: string, from: Place, to: Place): Promise<void> {
  await (await database()).ceremony.updateMany({ where: { id, ...from }, data: { ...to } })
}
