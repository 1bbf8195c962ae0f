import { type FundRequest, fundRequest, type TopUpView } from '#lib/contract/account.ts'
import { record } from '../audit/audit.ts'
import { type Actor, type Caller, operator, placeOf, system } from '../caller.ts'
import { onceOf } from '../once/once.ts'
import { oneByOne } from '../one-by-one.ts'
import { invalid, Problem, parse } from '../problem.ts'
import { tell } from '../webhooks/tell.ts'
import { move } from './ledger.ts'
import { labelOf } from './payment-methods.ts'
import { providerOf } from './provider/provider-of.ts'
import * as store from './top-ups/store.ts'

// A top-up is kept as pending before its money is asked for, so that none is asked for which nobody knows of. Whoever comes
// by asks the provider what became of it, until that has decided.

const currency = 'USD'

/**
 * Asks a payment method for money; what it gives is in the balance at once, or once a pending top-up has succeeded. The same
 * request again gives the same top-up, as it is by then.
 *
 * @throws Problem invalid_request, also without an Idempotency-Key and for a method that is none here; idempotency_conflict
 */
export async function fund(
  caller: Caller,
  request: FundRequest,
  idempotencyKey: string | undefined,
): Promise<TopUpView> {
  const wanted = parse(fundRequest, request)
  if (idempotencyKey === undefined) {
    throw invalid('Idempotency-Key', 'is missing: with it, money is asked for once, however often the request is sent')
  }
  const once = onceOf(idempotencyKey, 'account.fund', wanted)
  const place = placeOf(caller)
  const { amount, paymentMethodId } = wanted
  const kept = await store.save(
    place,
    once,
    async (tx) => {
      const methodLabel = await labelOf(tx, place, paymentMethodId)
      if (methodLabel === undefined) throw invalid('paymentMethodId', 'names no payment method of this environment')
      return { amount, paymentMethodId, methodLabel }
    },
    recordedAs(caller.actor, 'top_up.created'),
  )
  return viewOf(await follow(kept))
}

/**
 * A top-up of the caller's, as it is now.
 *
 * @throws Problem not_found
 */
export async function readTopUp(caller: Caller, id: string): Promise<TopUpView> {
  const found = await store.find(id)
  const { tenantId, environment } = placeOf(caller)
  if (found?.tenantId !== tenantId || found.environment !== environment) throw notFound()
  return viewOf(await follow(found))
}

/** The caller's newest top-ups that are pending still. */
export async function pendingTopUps(caller: Caller): Promise<TopUpView[]> {
  return (await store.list({ ...placeOf(caller), status: 'pending' }, 20)).map(viewOf)
}

/**
 * Decides a pending top-up, as the operator. One that is decided so already stays as it is.
 *
 * @throws Problem not_found, invalid_request for one that was decided otherwise
 */
export async function decideTopUp(id: string, status: 'succeeded' | 'declined'): Promise<store.StoredTopUp> {
  const topUp = await store.decide(id, status, decidedBy(operator))
  if (!topUp) throw notFound()
  if (topUp.status !== status) {
    throw new Problem('invalid_request', `Top-up ${id} ${words[topUp.status]} at ${topUp.decidedAt?.toISOString()}.`)
  }
  return topUp
}

/** Top-ups of every tenant, or of one; newest first. */
export function listTopUps(filter: store.TopUpFilter): Promise<store.StoredTopUp[]> {
  return store.list(filter, 1_000)
}

/** Asks the provider about pending top-ups, the oldest first, where it decides by itself; of one place, or of all. */
export async function followPending(place: store.TopUpFilter = {}): Promise<void> {
  for (const environment of ['test', 'live'] as const) {
    if (!providerOf(environment).decides || (place.environment ?? environment) !== environment) continue
    await oneByOne(await store.list({ ...place, environment, status: 'pending' }, 100, 'oldest'), follow)
  }
}

async function follow(topUp: store.StoredTopUp): Promise<store.StoredTopUp> {
  if (topUp.status !== 'pending') return topUp
  const status = await providerOf(topUp.environment).collect({ ...topUp, currency })
  if (status === 'pending') return topUp
  return (await store.decide(topUp.id, status, decidedBy(system))) ?? topUp
}

/** The money is there with the status that says so, and with the event that tells of it. */
function decidedBy(actor: Actor): store.Decided {
  return async (tx, topUp, account) => {
    const { id, amount, status } = topUp
    if (status === 'succeeded') {
      await tell(tx, account, 'account.funded', { topUpId: id, amount, currency })
      await move(tx, account, { type: 'top_up', amount, sourceId: id })
    }
    await recordedAs(actor, status === 'succeeded' ? 'top_up.confirmed' : 'top_up.declined')(tx, topUp)
  }
}

function recordedAs(actor: Actor, action: 'top_up.created' | 'top_up.confirmed' | 'top_up.declined'): store.Recorded {
  return (tx, { id, tenantId, environment, amount, paymentMethodId, methodLabel, status }) =>
    record(tx, actor, {
      ...{ tenantId, environment, action },
      target: { id, name: methodLabel },
      after: { amount, currency, paymentMethodId, status },
    })
}

const words = { pending: 'is pending since', succeeded: 'succeeded', declined: 'was declined' } as const

/** A top-up as its tenant sees it. */
function viewOf({ id, status, amount, paymentMethodId, createdAt, decidedAt }: store.StoredTopUp): TopUpView {
  return {
    ...{ id, status, amount, currency, paymentMethodId },
    createdAt: createdAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }
}

function notFound(): Problem {
  return new Problem('not_found', 'No top-up of this id was asked for here.')
}
