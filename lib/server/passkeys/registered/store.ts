import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { direct, stampOf, type Transaction, transaction } from '../../db/database.ts'
import { type Write, writeIn } from '../../db/write-in.ts'
import { type NewCeremony, type StoredCeremony, writeToTake } from '../ceremonies/store.ts'
import type { StoredPasskey } from '../store.ts'
import type { NewUser } from '../users/store.ts'

export type NewPasskey = Omit<StoredPasskey, keyof Place | 'userId' | 'createdAt' | 'lastUsedAt' | 'user'>

/** What goes into the transaction that keeps a passkey. */
export type Within = (
  tx: Transaction,
  user: NewUser,
  passkey: { id: string; name: string },
  isFirst: boolean,
) => Promise<void>

/** What is written together with a passkey. */
export interface Noted {
  always: readonly Write[]
  /** Where its user is new, before the rest. */
  ifFirst: readonly Write[]
  /** Behind it, where only one writes at a time: what counts the request. */
  counting?: () => readonly Write[]
}

type Allowance = Pick<NewCeremony, 'further' | 'allowedBy'>

/** Why a passkey was not kept. */
type Refused = 'ceremony_gone' | 'user_gone' | 'allowance_gone' | 'user_exists' | 'passkey_exists'

/**
 * Keeps a passkey, and its user when that is the first, all or nothing; in one commit, with what is noted of it and the end
 * of its ceremony.
 *
 * @param together the ceremony to take, where that was not done before, and what is written with the passkey; `within`
 *   runs in a transaction of Prisma's, before what is noted
 * @returns why not, where it is not kept: another one took the ceremony; the credential is registered here; the user has a
 *   passkey and this ceremony was not allowed a further one; or it was, and the user was deleted since: an id that was given
 *   up does not come back; or the passkey that allowed it was
 */
export async function savePasskey(
  place: Place,
  user: NewUser,
  passkey: NewPasskey,
  allowance: Allowance,
  together: { ceremony?: StoredCeremony; noted: Noted; within?: Within | undefined },
): Promise<StoredPasskey | Refused> {
  const kept = { ...passkey, ...place, userId: user.id, createdAt: new Date(clock.now()), lastUsedAt: null, user }
  const { ceremony, within } = together
  const db = await direct()
  const attempt = async () => {
    let [isTaken, isFirst, isKept] = [!ceremony, false, false]
    const noted = () => {
      isKept = true
      if (within) return []
      return [...notedOf(together.noted, isFirst), ...((db.exclusive && together.noted.counting?.()) || [])]
    }
    const save = () => {
      isTaken = true
      return [
        ...(allowance.further ? [] : [writeToMakeUser(kept, () => (isFirst = true))]),
        writeToLockUser(kept, () => [
          writeToSave(kept, allowance, noted),
          ...(isFirst ? [writeToUnmakeUser(kept)] : []),
        ]),
      ]
    }
    // Asked again where nothing was kept of a first try, which had another outcome.
    const writes = () => {
      ;[isTaken, isFirst, isKept] = [!ceremony, false, false]
      return ceremony ? [writeToTake(ceremony, save)] : save()
    }
    if (within) {
      await transaction(async (tx) => {
        await writeIn(tx, writes())
        if (!isKept) return
        await within(tx, user, passkey, isFirst)
        await writeIn(tx, notedOf(together.noted, isFirst))
      })
    } else await db.write(writes)
    if (!isTaken) return 'ceremony_gone'
    return isKept ? kept : whyNot(kept, allowance)
  }
  // Where another one made the user or the passkey in that moment, it is there at the second look.
  return attempt().catch((error) => {
    if (isTaken(error)) return attempt()
    throw error
  })
}

function notedOf({ always, ifFirst }: Noted, isFirst: boolean): readonly Write[] {
  return isFirst ? [...ifFirst, ...always] : always
}

// Values in a CAST: SQLite plans a query anew for values that it can see.
const registered = `
  SELECT 1 FROM "Passkey"
  WHERE "tenantId" = CAST(? AS TEXT) AND "environment" = CAST(? AS TEXT) AND "credentialId" = CAST(? AS TEXT)`

const makeUser = `
  INSERT INTO "User" ("id", "tenantId", "environment", "username", "displayName", "createdAt")
  SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (${registered})
  ON CONFLICT DO NOTHING`

function writeToMakeUser({ user, tenantId, environment, ...kept }: StoredPasskey, made: () => void): Write {
  const { id, username, displayName } = user
  const values = [id, tenantId, environment, username, displayName, stampOf(kept.createdAt)] as const
  return {
    first: [makeUser, ...values, tenantId, environment, kept.credentialId],
    next: () => {
      made()
      return []
    },
  }
}

// On PostgreSQL the credential may be registered by another one's commit since the user was made: then they have nothing.
const unmakeUser = `
  DELETE FROM "User"
  WHERE "id" = CAST(? AS TEXT) AND NOT EXISTS (SELECT 1 FROM "Passkey" WHERE "userId" = CAST(? AS TEXT))`

function writeToUnmakeUser({ user }: StoredPasskey): Write {
  return [unmakeUser, user.id, user.id]
}

// Nobody adds to their passkeys, nor deletes them, until this is written. The user handle is the id: another ceremony may have
// made a user of that name since this one began.
const lockUser = `
  UPDATE "User" SET "displayName" = "displayName"
  WHERE "id" = CAST(? AS TEXT) AND "tenantId" = CAST(? AS TEXT) AND "environment" = CAST(? AS TEXT) AND "username" = CAST(? AS TEXT)`

function writeToLockUser({ user, tenantId, environment }: StoredPasskey, next: () => readonly Write[]): Write {
  return { first: [lockUser, user.id, tenantId, environment, user.username], next }
}

const [ofUser, withId] = ['userId', 'id'].map((column) => `SELECT 1 FROM "Passkey" WHERE "${column}" = CAST(? AS TEXT)`)

const insert = `
  INSERT INTO "Passkey" ("id", "tenantId", "environment", "userId", "credentialId", "rpId", "userHandle", "publicKey",
    "algorithm", "signCount", "name", "aaguid", "transports", "backupEligible", "backedUp", "attestationFormat",
    "attestationTrusted", "attestationSource", "attestationRoot", "attestationStatus", "attestationDescription", "createdAt")
  SELECT ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), CAST(? AS BIGINT), ?, ?, ?, CAST(? AS INTEGER) = 1, CAST(? AS INTEGER) = 1,
    ?, CAST(? AS INTEGER) = 1, ?, ?, ?, ?, ?
  WHERE NOT EXISTS (${registered})`

function writeToSave(kept: StoredPasskey, { further, allowedBy }: Allowance, next: () => readonly Write[]): Write {
  const { id, tenantId, environment, userId, credentialId, rpId, userHandle, publicKey, algorithm } = kept
  const { name, aaguid, transports, attestationFormat, attestationSource, attestationRoot } = kept
  const values = [
    ...[id, tenantId, environment, userId, credentialId, rpId, userHandle, publicKey, algorithm],
    ...[Number(kept.signCount), name, aaguid, transports, Number(kept.backupEligible), Number(kept.backedUp)],
    ...[attestationFormat, Number(kept.attestationTrusted), attestationSource, attestationRoot],
    ...[kept.attestationStatus, kept.attestationDescription, stampOf(kept.createdAt)],
    ...[tenantId, environment, credentialId],
  ]
  const conditions: [sql: string, value: string][] = [
    ...(further ? [] : [[`NOT EXISTS (${ofUser})`, userId] as [string, string]]),
    ...(allowedBy ? [[`EXISTS (${withId})`, allowedBy] as [string, string]] : []),
  ]
  const sql = [insert, ...conditions.map(([condition]) => condition)].join(' AND ')
  return { first: [sql, ...values, ...conditions.map(([, value]) => value)], next }
}

/** Why a passkey could not be kept, as things stand now. */
async function whyNot({ user, ...kept }: StoredPasskey, { further, allowedBy }: Allowance): Promise<Refused> {
  const db = await direct()
  const { tenantId, environment } = kept
  const ofPlace = [tenantId, environment] as const
  const inPlace = `FROM "User" WHERE "tenantId" = CAST(? AS TEXT) AND "environment" = CAST(? AS TEXT)`
  const isThere = await db.first(`SELECT 1 AS "is" ${inPlace} AND "id" = CAST(? AS TEXT)`, ...ofPlace, user.id)
  if (further && !isThere) return 'user_gone'
  if (allowedBy && !(await db.first(`${withId}`, allowedBy))) return 'allowance_gone'
  const named = `SELECT "id" ${inPlace} AND "username" = CAST(? AS TEXT)`
  const known = await db.first<{ id: string }>(named, ...ofPlace, user.username)
  if (known && known.id !== user.id) return 'user_exists'
  if (known && !further && (await db.first(`${ofUser}`, user.id))) return 'user_exists'
  return 'passkey_exists'
}

/** Whether a unique value was taken in that moment: by the code of PostgreSQL, or of Prisma around it. */
function isTaken(error: unknown): boolean {
  const { code, meta } = (error ?? {}) as Told
  const codes = [code, meta?.code, meta?.driverAdapterError?.cause?.originalCode]
  return codes.some((each) => each === '23505' || each === 'P2002')
}

interface Told {
  code?: unknown
  meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } }
}
