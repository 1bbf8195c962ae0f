import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { Place } from '../../caller.ts'
import { clock, longOver } from '../../clock.ts'
import { database, dateOf, direct, stampOf } from '../../db/database.ts'
import { deleteInLots } from '../../db/delete-in-lots.ts'
import type { Write } from '../../db/write-in.ts'

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

const insert = `
  INSERT INTO "Ceremony" ("id", "tenantId", "environment", "kind", "userId", "username", "displayName", "allowedBy",
    "purpose", "mediation", "action", "salt", "options", "further", "expiresAt")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER) = 1, ?)`

/** Keeps a ceremony until it is taken or expires; where only one writes at a time, with what counts the request. */
export async function save(ceremony: NewCeremony, counting: () => readonly Write[] = () => []): Promise<void> {
  const { id, tenantId, environment, kind, userId, username, displayName, allowedBy } = ceremony
  const { purpose, mediation, action, salt, options, further, expiresAt } = ceremony
  const db = await direct()
  await db.write(() => [
    [
      insert,
      ...[id, tenantId, environment, kind, userId, username, displayName, allowedBy],
      ...[purpose, mediation, action, salt, options, Number(further), stampOf(expiresAt)],
    ],
    ...(db.exclusive ? counting() : []),
  ])
}

const named = `"Ceremony" WHERE "id" = ? AND "tenantId" = ? AND "environment" = ? AND "kind" = ?`

/** A ceremony that waits. Undefined when there is none of that id, place and kind, or it has expired. */
export async function find(
  id: string,
  { tenantId, environment }: Place,
  kind: CeremonyKind,
): Promise<StoredCeremony | undefined> {
  const row = await (await direct()).first<Row>(`SELECT * FROM ${named}`, id, tenantId, environment, kind)
  const expiresAt = row && dateOf(row.expiresAt)
  return row && expiresAt && expiresAt.getTime() > clock.now()
    ? { ...row, further: row.further === 1, expiresAt }
    : undefined
}

/** What takes a ceremony out of storage, for whoever writes more in the same commit: of many at once, one changes something. */
export function writeToTake({ id, tenantId, environment, kind }: StoredCeremony, next: () => readonly Write[]): Write {
  return { first: [`DELETE FROM ${named}`, id, tenantId, environment, kind], next }
}

/** Takes a ceremony out of storage; false where another one did. */
export async function take(ceremony: StoredCeremony): Promise<boolean> {
  return (await (await direct()).write(() => [writeToTake(ceremony, () => [])])) > 0
}

/** Deletes ceremonies that nobody finished in time. */
export async function removeExpired(): Promise<void> {
  await deleteInLots({ table: 'Ceremony', key: ['tenantId', 'id'], column: 'expiresAt' }, longOver())
}

/** Moves a ceremony to another place; nothing where it is not in the first. */
export async function move(id: string, from: Place, to: Place): Promise<void> {
  await (await database()).ceremony.updateMany({ where: { id, ...from }, data: { ...to } })
}

/** As it is stored. */
type Row = Omit<StoredCeremony, 'further' | 'expiresAt'> & { further: number; expiresAt: string }
