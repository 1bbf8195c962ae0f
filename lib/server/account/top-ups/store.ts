import type { TopUpStatus } from '#lib/contract/account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database, type Prisma, type Transaction, transaction } from '../../db/database.ts'
import { lockPlace } from '../../db/lock-place.ts'
import { newId } from '../../ids.ts'
import { doneBefore, noteOnce, type Once } from '../../once/once.ts'
import { lock, type StoredAccount } from '../store.ts'

export interface StoredTopUp extends Place {
  id: string
  amount: number
  paymentMethodId: string
  methodLabel: string
  status: TopUpStatus
  createdAt: Date
  decidedAt: Date | null
}

export interface NewTopUp {
  amount: number
  paymentMethodId: string
  methodLabel: string
}

/** What goes into the transaction that keeps a top-up: the audit log's event. */
export type Recorded = (tx: Transaction, topUp: StoredTopUp) => Promise<void>

/** What goes into the transaction that decides one, with its account locked. */
export type Decided = (tx: Transaction, topUp: StoredTopUp, account: StoredAccount) => Promise<void>

/** Keeps a top-up, pending, as `wanted` says; or gives the one that the same request made before, as it is now. */
export async function save(
  { tenantId, environment }: Place,
  once: Once,
  wanted: (tx: Transaction) => Promise<NewTopUp>,
  recorded: Recorded,
): Promise<StoredTopUp> {
  const place = { tenantId, environment }
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const earlier = await doneBefore(tx, place, once)
    if (earlier !== undefined) return topUpOf(await tx.topUp.findUniqueOrThrow({ where: { id: earlier } }))
    const id = newId('top')
    const data = { ...(await wanted(tx)), ...place, id, createdAt: new Date(clock.now()) }
    await noteOnce(tx, place, once, id)
    const made = topUpOf(await tx.topUp.create({ data }))
    await recorded(tx, made)
    return made
  })
}

/**
 * Decides a pending top-up, once: of several at once, one does, and `decided` with it. Gives it as it is then; null where
 * there is none of that id.
 */
export async function decide(
  id: string,
  status: Exclude<TopUpStatus, 'pending'>,
  decided: Decided,
): Promise<StoredTopUp | null> {
  const found = await find(id)
  if (found?.status !== 'pending') return found
  return transaction(async (tx) => {
    const account = await lock(tx, found)
    const { count } = await tx.topUp.updateMany({
      where: { id, status: 'pending' },
      data: { status, decidedAt: new Date(clock.now()) },
    })
    const after = topUpOf(await tx.topUp.findUniqueOrThrow({ where: { id } }))
    if (count > 0) await decided(tx, after, account)
    return after
  })
}

/** A top-up, of whichever place. */
export async function find(id: string): Promise<StoredTopUp | null> {
  const found = await (await database()).topUp.findUnique({ where: { id } })
  return found && topUpOf(found)
}

export interface TopUpFilter {
  tenantId?: string | undefined
  environment?: Environment | undefined
  status?: TopUpStatus | undefined
}

/** Top-ups that a filter lets through, `take` of them, the newest first or the oldest. */
export async function list(
  { tenantId, environment, status }: TopUpFilter,
  take: number,
  first: 'newest' | 'oldest' = 'newest',
): Promise<StoredTopUp[]> {
  const order: Prisma.SortOrder = first === 'newest' ? 'desc' : 'asc'
  const found = await (await database()).topUp.findMany({
    where: {
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(environment === undefined ? {} : { environment }),
      ...(status === undefined ? {} : { status }),
    },
    orderBy: [{ createdAt: order }, { id: order }],
    take,
  })
  return found.map(topUpOf)
}

function topUpOf(row: Prisma.TopUpGetPayload<object>): StoredTopUp {
  return { ...row, environment: row.environment as Environment, status: row.status as TopUpStatus }
}
