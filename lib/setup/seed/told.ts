import { stampOf } from '#lib/foundation/stamps.ts'
import { randomText } from '#lib/server/ids.ts'
import type { Fill } from './fill-table.ts'

const week = 7 * 24 * 3_600_000
/** Of a week that ends now, the moment of one of many. */
const momentOf = (at: number, count: number, now: number) =>
  stampOf(new Date(now - Math.floor((1 - at / count) * week)))

/** Deliveries to an endpoint, of a week: one in fifty was given up after eight attempts. */
export async function fillDeliveries(
  fill: Fill,
  place: readonly string[],
  endpointId: string,
  count: number,
  now: number,
): Promise<void> {
  const names = Array.from({ length: count }, () => randomText(20))
  const moment = (at: number) => momentOf(at, count, now)
  await fill('WebhookEvent', 'id tenantId environment type payload createdAt', count, (at) => {
    const payload = JSON.stringify({ type: 'user.deleted', timestamp: moment(at), data: { id: `usr_${names[at]}` } })
    return [`evt_${names[at]}`, ...place, 'user.deleted', payload, moment(at)]
  })
  const ofDelivery =
    'id eventId endpointId tenantId environment status scheduledAt scheduled attempts lastAttemptAt lastStatus lastMilliseconds createdAt'
  const triesOf = (at: number) => (at % 50 === 0 ? 8 : 1)
  await fill('WebhookDelivery', ofDelivery, count, (at) => {
    const tries = String(triesOf(at))
    const [status, answer] = at % 50 === 0 ? ['failed', '500'] : ['delivered', '200']
    const common = [`dlv_${names[at]}`, `evt_${names[at]}`, endpointId, ...place, status, moment(at), tries, tries]
    return [...common, moment(at), answer, '12', moment(at)]
  })
  const ofTry = 'deliveryId number at milliseconds status requestHeaders answer answerTruncated'
  await fill('WebhookAttempt', ofTry, count, (at) => [
    ...[`dlv_${names[at]}`, '1', moment(at), '12', at % 50 === 0 ? '500' : '200', '{}', 'ok', 'false'],
  ])
}

/** Runs of a built-in skill, of a week: one in fifty failed. What came out of them is not kept any more. */
export async function fillRuns(
  fill: Fill,
  place: readonly string[],
  userIds: readonly string[],
  count: number,
  now: number,
): Promise<void> {
  const ofRun =
    'id tenantId environment skillId skillVersion status actorType actorId actorName userId inputBytes inputHash amount ' +
    'code reason detail startedAt finishedAt until'
  await fill('SkillRun', ofRun, count, (at) => {
    const [moment, user] = [momentOf(at, count, now), userIds[at % userIds.length] ?? '']
    const failed = at % 50 === 0
    const why = failed ? ['skill_failed', 'refused', 'The skill did not take this.'] : [null, null, null]
    return [
      ...[`run_${randomText(20)}`, ...place, 'jwt.inspect', '1', failed ? 'failed' : 'succeeded', 'user', user, 'ada'],
      ...[user, '100', randomText(20), '0', ...why, moment, moment, moment],
    ]
  })
}

/** What each user allowed an app. */
export async function fillApps(fill: Fill, userIds: readonly string[], clientId: string, now: number): Promise<void> {
  const count = userIds.length
  await fill('OAuthConsent', 'userId clientId resource scopes createdAt updatedAt lastUsedAt', count, (at) => {
    const moment = momentOf(at, count, now)
    return [userIds[at] ?? '', clientId, '', 'openid profile', moment, moment, moment]
  })
}

/** Keys of users at the MPC server, in its own database: one in fifty is frozen by its user. */
export async function fillMpcKeys(
  fill: Fill,
  place: readonly string[],
  userIds: readonly string[],
  count: number,
  now: number,
): Promise<void> {
  const ofKey =
    'id tenantId environment sub label suite threshold parties publicKey publicPackage identityKeys share approval ' +
    'maxPerHour frozen createdAt'
  await fill('Key', ofKey, count, (at) => {
    const of = [`mpk_${randomText(20)}`, ...place, userIds[at % userIds.length] ?? '', `Wallet ${at.toString(36)}`]
    const made = ['ed25519', '2', '["user","server"]', `\\x${'01'.repeat(32)}`, '{}', '{}', 'sealed', 'never', '0']
    return [...of, ...made, String(at % 50 === 0), momentOf(at, count, now)]
  })
}
