import { randomBytes } from 'node:crypto'
import { stampOf } from '#lib/foundation/stamps.ts'
import { newId, newSortedId, randomText } from '#lib/server/ids.ts'
import { reasonsWritten } from '#lib/server/logs/lot-reasons.ts'
import { type LogRow, written } from '#lib/server/logs/row.ts'
import { fillOf } from './fill-table.ts'
import type { Sink } from './sink.ts'
import { fillApps, fillDeliveries, fillRuns } from './told.ts'
import { fillUsage } from './usage.ts'

/** How much there is to be of everything, in one tenant's live environment. */
export interface Size {
  users: number
  /** Dealt out to the users in turn. */
  passkeys: number
  keys: number
  /** So many of them are busy in an hour, others in the next one. */
  busy: number
  /** Requests in the log, of the last week. */
  logRows: number
  /** Sign-ins in the audit log. */
  events: number
  /** Webhooks' deliveries to one endpoint, and runs of skills, of the last week. */
  deliveries: number
  runs: number
  /** Keys at the MPC server, dealt out to the users in turn. */
  mpcKeys: number
  /** Days of usage, until now. */
  days: number
}

export const whole: Size = {
  ...{ users: 1_000_000, passkeys: 2_000_000, keys: 10_000, busy: 50, logRows: 10_000_000 },
  ...{ events: 1_000_000, deliveries: 300_000, runs: 200_000, mpcKeys: 300_000, days: 90 },
}

/** Something like the whole, but for how much it is. */
export function partOf(share: number): Size {
  const of = (number: number) => Math.max(1, Math.round(number * share))
  const parts = Object.entries(whole).map(([name, number]) => [name, of(number)])
  return { ...whole, ...Object.fromEntries(parts), days: whole.days }
}

const lotSize = 200
const dayMilliseconds = 24 * 3_600_000
// COSE_Key of ES256, with a point of the curve: its generator.
const publicKey =
  '\\xa50102032620012158206b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
  '2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'
const models = [
  '00000000-0000-0000-0000-000000000000',
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd',
]
const firstNames = ['ada', 'alan', 'barbara', 'claude', 'donald', 'edsger', 'frances', 'grace', 'hedy', 'john']

/**
 * Fills a tenant's live environment. Told of each table how many rows it has.
 *
 * @param to the endpoint that was told of what happened, and the app that every user uses
 * @returns the ids of its users
 */
export async function fill(
  sink: Sink,
  tenantId: string,
  size: Size,
  told: (table: string, rows: number) => void,
  to: { endpointId?: string; clientId?: string } = {},
): Promise<string[]> {
  const place = [tenantId, 'live']
  const now = Date.now()
  const ago = (share: number) => stampOf(new Date(now - Math.floor(share * size.days * dayMilliseconds)))
  const table = fillOf(sink, told)

  const userIds = Array.from({ length: size.users }, () => newId('usr'))
  const userOf = (at: number) => userIds[at % userIds.length] ?? ''
  await table('User', 'id tenantId environment username displayName createdAt', size.users, (at) => {
    const username = usernameOf(at)
    return [userOf(at), ...place, username, username, ago(1 - at / size.users)]
  })

  const ofPasskey =
    'id tenantId environment userId credentialId rpId publicKey algorithm signCount name aaguid transports backupEligible ' +
    'backedUp attestationFormat attestationTrusted createdAt lastUsedAt'
  await table('Passkey', ofPasskey, size.passkeys, (at) => {
    const synced = String(at % 3 > 0)
    const credentialId = randomBytes(20).toString('base64url')
    const common = [newId('psk'), ...place, userOf(at), credentialId, null, publicKey, '-7', String(at % 50), 'Passkey']
    const when = 1 - at / size.passkeys
    const model = models[at % models.length] ?? ''
    return [...common, model, 'internal', synced, synced, 'none', 'false', ago(when), ago(when / 2)]
  })

  const keyIds = Array.from({ length: size.keys }, () => randomText(12))
  const keyOf = (at: number) => keyIds[at % keyIds.length] ?? ''
  const ofKey = 'id tenantId environment name hash hint scopes tier familyId createdAt'
  await table('ApiKey', ofKey, size.keys, (at) => {
    const hash = randomBytes(32).toString('base64url')
    const scopes = 'passkeys:register passkeys:authenticate'
    return [
      keyOf(at),
      ...place,
      `Key ${at}`,
      hash,
      randomText(4),
      scopes,
      'standard',
      keyOf(at),
      ago(1 - at / size.keys),
    ]
  })
  await table('KeySighting', 'keyId address firstSeenAt lastSeenAt', size.keys, (at) => [
    ...[keyOf(at), addressOf(at), ago(1), ago(at / size.keys)],
  ])

  const ofEvent =
    'id at tenantId environment action actorType actorId actorName address targetId targetName userId username'
  await table('AuditEvent', ofEvent, size.events, (at) => {
    const when = now - Math.floor((1 - at / size.events) * size.days * dayMilliseconds)
    const [user, username] = [userOf(at), usernameOf(at % size.users)]
    const target = ['psk_of_the_seed', 'Passkey']
    return [
      ...[newSortedIdAt(when, at), stampOf(new Date(when)), ...place, 'user.signed_in', 'user', user, username],
      ...[addressOf(at), ...target, user, username],
    ]
  })

  await fillUsage(table, place, keyIds, size, now)
  await fillRuns(table, place, userIds, size.runs, now)
  if (to.endpointId) await fillDeliveries(table, place, to.endpointId, size.deliveries, now)
  if (to.clientId) await fillApps(table, userIds, to.clientId, now)

  const lots = Math.ceil(size.logRows / lotSize)
  const perLot = (at: number) => Math.min(lotSize, size.logRows - at * lotSize)
  const ofLot = 'id tenantId environment at began requests refused rows reasons'
  const step = (7 * dayMilliseconds) / lots
  await table(
    'LogLot',
    ofLot,
    lots,
    (at) => {
      const began = Math.floor(now - (lots - at) * step)
      const rows = Array.from({ length: perLot(at) }, (_, of) => logRow(began + of, at * lotSize + of, keyOf, userOf))
      const refused = rows.filter(({ status }) => status >= 400).length
      return [
        ...[newSortedId(), ...place, String(began + rows.length), String(began)],
        ...[String(rows.length), String(refused), written(rows), reasonsWritten(rows)],
      ]
    },
    20,
  )
  await table('LogSize', 'tenantId environment requests', 1, () => [...place, String(size.logRows)])
  return userIds
}

function usernameOf(at: number): string {
  return `${firstNames[at % firstNames.length]}.${at.toString(36)}@acme.example`
}

/** As `newSortedId` makes them. */
function newSortedIdAt(when: number, at: number): string {
  return (when.toString(36).padStart(9, '0') + (at % 36 ** 4).toString(36).padStart(4, '0')).padEnd(24, '0')
}

function addressOf(at: number): string {
  return `198.51.${Math.floor(at / 256) % 256}.${at % 256}`
}

function logRow(began: number, at: number, keyOf: (at: number) => string, userOf: (at: number) => string): LogRow {
  const time = began.toString(16).padStart(12, '0')
  const tail = at.toString(16).padStart(12, '0')
  const refused = at % 50 === 0
  return {
    id: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`,
    status: refused ? 422 : 200,
    milliseconds: 1 + (at % 20),
    operation: 'passkeys.authenticate.finish',
    call: 'POST /v1/authentication/finish',
    askerId: keyOf(at),
    address: addressOf(at),
    userId: userOf(at),
    username: refused ? null : usernameOf(at),
    code: refused ? 'verification_failed' : null,
    reason: refused ? 'origin' : null,
    detail: refused ? 'The origin is another one.' : null,
    ...{ expected: null, actual: null },
  }
}
