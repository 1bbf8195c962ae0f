import type { CeremonyFigures, CeremonyUsage } from '#lib/contract/ceremony-figures.ts'
import type { HomeFigures, HomeRange, HomeReason, HomeView } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { latencyIn } from '../logs/latency.ts'
import { type Reason, reasonsIn } from '../logs/reasons.ts'
import { ownPasskeys } from '../passkeys/own.ts'
import { aboutHowManyUsers, newestUsers } from '../passkeys/users/users.ts'
import { ceremoniesOverTime } from '../usage/ceremonies.ts'
import { alertsOf } from './alerts.ts'
import { byTurns } from './by-turns.ts'
import { mostUsers } from './frame.ts'
import { stepsOf } from './steps.ts'

const hourMilliseconds = 3_600_000
const dayMilliseconds = 24 * hourMilliseconds
const days: Record<HomeRange, number> = { today: 1, '7d': 7, '30d': 30 }
const kinds: Record<string, HomeReason['kind']> = {
  'passkeys.authenticate.begin': 'sign-in',
  'passkeys.authenticate.finish': 'sign-in',
  'passkeys.register.begin': 'registration',
  'passkeys.register.finish': 'registration',
}
const operations: ReadonlySet<string> = new Set(Object.keys(kinds))
const mostReasons = 5
const mostNew = 5

/**
 * How it went today (UTC), or in some days up to and with it, beside the same time in whole weeks before; why what failed did,
 * who came, what needs somebody, and what is left of the beginning.
 *
 * @param callerIn the same who asks, in another environment
 */
export async function homeOf(
  caller: Caller,
  range: HomeRange,
  callerIn: (environment: Environment) => Caller,
): Promise<HomeView> {
  const now = clock.now()
  const to = (Math.floor(now / dayMilliseconds) + 1) * dayMilliseconds
  const from = to - days[range] * dayMilliseconds
  const place = placeOf(caller)
  const [usage, reasons, latency, users, newest, alerts, steps] = await byTurns([
    () => ceremoniesOverTime(caller, { from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
    () => reasonsIn(place, { from, to: now + 1 }, operations),
    () => latencyIn(place, 'passkeys.authenticate.finish', { from, to: now + 1 }),
    () => aboutHowManyUsers(caller, mostUsers),
    () => newestOf(caller),
    () => alertsOf(caller),
    () => stepsOf(caller, callerIn),
  ])
  return {
    ...{ range, step: usage.step, times: usage.times, at: new Date(now).toISOString(), before: usage.before.from },
    begun: usage.since !== null || users > 0,
    signIns: figuresOf(usage, usage.signIns, now),
    registrations: figuresOf(usage, usage.registrations, now),
    reasons: mostOfEach(reasons).map(({ operation, code, reason, requests, example }) => ({
      ...{ kind: kinds[operation ?? ''] ?? 'sign-in', operation: operation ?? '', code, reason, requests },
      actual: example.actual,
    })),
    medianMilliseconds: latency.p50,
    ...{ users, newestUsers: newest, alerts, steps },
  }
}

/** The most frequent of each operation: those of one step hide none of another’s. */
function mostOfEach(reasons: readonly Reason[]): Reason[] {
  return reasons.filter((reason, at) => {
    const before = reasons.slice(0, at).filter(({ operation }) => operation === reason.operation)
    return before.length < mostReasons
  })
}

/** With the totals of the time before up to where this one is: of the hour or day that is under way, its share. */
function figuresOf({ step, times }: CeremonyUsage, of: CeremonyFigures, now: number): HomeFigures {
  const width = step === 'hour' ? hourMilliseconds : dayMilliseconds
  const passed = times.map((time) => Math.min(1, Math.max(0, (now - Date.parse(time)) / width)))
  const until = (counts: readonly number[]) =>
    Math.round(counts.reduce((all, count, point) => all + count * (passed[point] ?? 0), 0))
  const { ok, failed, totals, before } = of
  const accepted = until(before.ok)
  return {
    ...{ ok, failed, begun: totals.begun, finished: totals.finished, abandoned: totals.abandoned },
    accepted: totals.ok,
    was: { ok: before.ok, accepted, finished: accepted + until(before.failed) },
  }
}

/** Who came last, with what their first passkey is held by. */
async function newestOf(caller: Caller): Promise<HomeView['newestUsers']> {
  const users = await newestUsers(caller, mostNew)
  return byTurns(
    users.map((user) => async () => {
      const [first] = await ownPasskeys(caller, user.id, 1)
      return { ...user, provider: first?.provider ?? null, synced: first?.backedUp ?? null }
    }),
  )
}
