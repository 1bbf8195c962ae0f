import {
  type PaymentMethodCreate,
  type PaymentMethodList,
  type PaymentMethodView,
  paymentMethodCreate,
} from '#lib/contract/account.ts'
import type { AuditAction } from '#lib/contract/audit.ts'
import { record } from '../audit/audit.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { onceOf } from '../once/once.ts'
import { Problem, parse } from '../problem.ts'
import * as store from './payment-methods/store.ts'
import { providerOf } from './provider/provider-of.ts'
import type { Transaction } from './store.ts'

/** The caller's payment methods: those that are there by themselves, then those that were added, oldest first. */
export async function listPaymentMethods(
  caller: Caller,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
): Promise<PaymentMethodList> {
  const place = placeOf(caller)
  const all = [...providerOf(place.environment).methods.map(provided), ...(await store.list(place)).map(viewOf)]
  // Behind a cursor that names none there is nothing.
  const first = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1 || all.length
  const data = all.slice(first, first + limit)
  return { data, nextCursor: first + limit < all.length ? (data.at(-1)?.id ?? null) : null }
}

/**
 * Adds a payment method.
 *
 * @throws Problem invalid_request, also for what looks like a card's number; idempotency_conflict; not_found where the same
 *   request made one that is removed by now
 */
export async function createPaymentMethod(
  caller: Caller,
  request: PaymentMethodCreate,
  idempotencyKey?: string,
): Promise<PaymentMethodView> {
  const wanted = parse(paymentMethodCreate, request)
  const once = onceOf(idempotencyKey, 'account.methods.create', wanted)
  const made = await store.save(placeOf(caller), wanted.label, once, recorded(caller, 'payment_method.added'))
  if (made === 'full') {
    throw new Problem(
      'invalid_request',
      `There are ${store.maxMethods} payment methods here already: remove one that nobody uses.`,
    )
  }
  if (!made) throw notFound()
  return viewOf(made)
}

/**
 * Removes a payment method. Top-ups that were asked of it go on.
 *
 * @throws Problem not_found, invalid_request for one that is there by itself
 */
export async function deletePaymentMethod(caller: Caller, id: string): Promise<void> {
  const place = placeOf(caller)
  if (isProvided(place, id)) {
    throw new Problem('invalid_request', 'The sandbox’s own cards are in every test environment: none can be removed.')
  }
  if (!(await store.remove(place, id, recorded(caller, 'payment_method.removed')))) throw notFound()
}

/** What a method of a place is called, read in a transaction; undefined where there is none of that id. */
export async function labelOf(tx: Transaction, place: Place, id: string): Promise<string | undefined> {
  const own = providerOf(place.environment).methods.find((method) => method.id === id)
  return (own ?? (await store.find(place, id, tx)))?.label
}

function isProvided({ environment }: Place, id: string): boolean {
  return providerOf(environment).methods.some((method) => method.id === id)
}

function recorded(caller: Caller, action: AuditAction): store.Recorded {
  return (tx, { id, label }) => {
    const change = { [action === 'payment_method.added' ? 'after' : 'before']: { label } }
    return record(tx, caller.actor, { ...placeOf(caller), action, target: { id, name: label }, ...change })
  }
}

function provided({ id, label }: { id: string; label: string }): PaymentMethodView {
  return { id, type: 'sandbox', label, createdAt: null }
}

function viewOf({ id, label, createdAt }: store.StoredMethod): PaymentMethodView {
  return { id, type: 'reference', label, createdAt: createdAt.toISOString() }
}

function notFound(): Problem {
  return new Problem('not_found', 'No payment method of this id is here: there is none, or it was removed.')
}
