import { type Context, Hono } from 'hono'
import {
  accountPlace,
  balanceQuery,
  type ConsoleAccount,
  consoleAccountQuery,
  consoleAccountUpdate,
  consoleFund,
  consoleMethodCreate,
  consoleTransactionsFilter,
  consoleTransactionsQuery,
} from '#lib/contract/console-account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { readAccount, updateAccount } from '../../account/account.ts'
import { balanceOverTime } from '../../account/over-time.ts'
import { createPaymentMethod, deletePaymentMethod, listPaymentMethods } from '../../account/payment-methods.ts'
import { fund, pendingTopUps } from '../../account/top-ups.ts'
import { listTransactions, transactionsCsv } from '../../account/transactions.ts'
import type { Caller } from '../../caller.ts'
import { callerOf } from '../../console/sessions.ts'
import { parse } from '../../problem.ts'
import { download } from '../download.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedIfLive, owner, viewer } from './context.ts'

/** The tenant's money, looked after by a member. */
export const account = new Hono<ConsoleEnv>()
  .get('/account', viewer, async (c) => {
    const caller = memberIn(c, parse(consoleAccountQuery, c.req.query()))
    // It brings what is due up to date: what is pending is read after it.
    const account = await readAccount(caller)
    const [methods, pending, moved] = await Promise.all([
      listPaymentMethods(caller, { limit: 100 }),
      pendingTopUps(caller),
      listTransactions(caller, { limit: 1 }),
    ])
    const empty = moved.data.length === 0
    return c.json({ account, empty, paymentMethods: methods.data, pending } satisfies ConsoleAccount)
  })
  .patch('/account', owner, jsonBody, async (c) => {
    const { environment, ...update } = parse(consoleAccountUpdate, await c.req.json())
    const caller = memberIn(c, { environment })
    return c.json(await confirmedIfLive(c, caller, () => updateAccount(caller, update)))
  })
  .get('/account/balance', viewer, async (c) => {
    const { environment, range } = parse(balanceQuery, c.req.query())
    return c.json(await balanceOverTime(memberIn(c, { environment }), range))
  })
  .get('/account/transactions', viewer, async (c) => {
    const { environment, ...query } = parse(consoleTransactionsQuery, c.req.query())
    return c.json(await listTransactions(memberIn(c, { environment }), query))
  })
  .get('/of/:tenantId/account/transactions.csv', viewer, (c) => {
    const { environment, ...filter } = parse(consoleTransactionsFilter, c.req.query())
    return download(c, `transactions-${environment}.csv`, transactionsCsv(memberIn(c, { environment }), filter))
  })
  .post('/account/payment-methods', owner, jsonBody, async (c) => {
    const { environment, ...request } = parse(consoleMethodCreate, await c.req.json())
    const caller = memberIn(c, { environment })
    const once = c.req.header('idempotency-key')
    return c.json(await confirmedIfLive(c, caller, () => createPaymentMethod(caller, request, once)), 201)
  })
  .post('/account/payment-methods/:id/remove', owner, jsonBody, async (c) => {
    const caller = memberIn(c, parse(accountPlace, await c.req.json()))
    await confirmedIfLive(c, caller, () => deletePaymentMethod(caller, c.req.param('id')))
    return c.body(null, 204)
  })
  .post('/account/funds', owner, jsonBody, async (c) => {
    const { environment, ...request } = parse(consoleFund, await c.req.json())
    const caller = memberIn(c, { environment })
    const once = c.req.header('idempotency-key')
    return c.json(await confirmedIfLive(c, caller, () => fund(caller, request, once)), 201)
  })

function memberIn(c: Context<ConsoleEnv>, { environment }: { environment: Environment }): Caller {
  return callerOf(c.get('signedIn'), environment)
}
