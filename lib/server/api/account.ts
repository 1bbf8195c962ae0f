import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  accountUpdate,
  accountView,
  fundRequest,
  paymentMethodCreate,
  paymentMethodList,
  paymentMethodQuery,
  paymentMethodView,
  topUpView,
  transactionList,
  transactionQuery,
} from '#lib/contract/account.ts'
import { readAccount, updateAccount } from '../account/account.ts'
import { createPaymentMethod, deletePaymentMethod, listPaymentMethods } from '../account/payment-methods.ts'
import { fund, readTopUp } from '../account/top-ups.ts'
import { listTransactions, transactionsCsv } from '../account/transactions.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { download } from './download.ts'
import { onceHeader } from './once.ts'
import { operation, problemAnswer } from './operation.ts'
import { wantsCsv } from './wants-csv.ts'

const ofMethod = onceHeader('The same one again adds nothing, and gives the same method.')
const ofTopUp = onceHeader(
  'Needed. The same one again asks for no more money, and gives the same top-up as it is by then.',
)

const ofMethods = `In a test environment the sandbox’s own are there: \`pm_card_ok\` is accepted, \`pm_card_declined\` declined, and \`pm_card_pending\` pending for a minute; no money exists there.`
const ofFunds = `From 100 (1 USD) to 1,000,000. A declined top-up moves nothing. In a live environment a top-up is \`pending\` until the operator has the money, or declines it; \`account.funded\` tells when it is there.`

/** The tenant's money: what there is, where it came from and went, and how more of it comes. */
export const accountRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('account.read'),
      method: 'get',
      path: '/account',
      summary: 'Read the balance',
      responses: {
        ...answers(200, 'What can be spent, and what is held, in minor units', accountView),
        ...problemAnswer,
      },
    }),
    async (c) => c.json(await readAccount(c.get('caller')), 200),
  )
  .openapi(
    createRoute({
      ...operation('account.update', {
        body: true,
        note: 'What is reserved counts with the balance. Where they are below a new threshold already, it is told at once.',
      }),
      method: 'patch',
      path: '/account',
      summary: 'Set below which balance the event account.balance_low is told, once until it was back',
      request: { body: json(accountUpdate) },
      responses: { ...answers(200, 'The account', accountView), ...problemAnswer },
    }),
    async (c) => c.json(await updateAccount(c.get('caller'), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...operation('account.transactions.list'),
      method: 'get',
      path: '/account/transactions',
      summary: 'List what moved money',
      request: { query: transactionQuery },
      responses: {
        200: {
          description: 'Transactions, newest first; with `Accept: text/csv` all that the filter lets through, as CSV',
          content: { 'application/json': { schema: transactionList }, 'text/csv': { schema: z.string() } },
        },
        ...problemAnswer,
      },
    }),
    async (c) => {
      const query = c.req.valid('query')
      if (!wantsCsv(c)) return c.json(await listTransactions(c.get('caller'), query), 200)
      const { limit: _, cursor: __, ...filter } = query
      return download(c, 'transactions.csv', transactionsCsv(c.get('caller'), filter))
    },
  )
  .openapi(
    createRoute({
      ...operation('account.methods.list', { note: ofMethods }),
      method: 'get',
      path: '/account/payment-methods',
      summary: 'List the payment methods',
      request: { query: paymentMethodQuery },
      responses: { ...answers(200, 'Payment methods, oldest first', paymentMethodList), ...problemAnswer },
    }),
    async (c) => c.json(await listPaymentMethods(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('account.methods.create', { body: true }),
      method: 'post',
      path: '/account/payment-methods',
      summary: 'Add a payment method: a reference at the operator’s, never a card’s number',
      request: { body: json(paymentMethodCreate), headers: ofMethod },
      responses: { ...answers(201, 'The payment method', paymentMethodView), ...problemAnswer },
    }),
    async (c) => {
      const key = c.req.header('idempotency-key')
      return c.json(await createPaymentMethod(c.get('caller'), c.req.valid('json'), key), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('account.methods.delete'),
      method: 'delete',
      path: '/account/payment-methods/{id}',
      summary: 'Remove a payment method; top-ups that were asked of it go on',
      request: { params },
      responses: { 204: { description: 'Removed' }, ...problemAnswer },
    }),
    async (c) => {
      await deletePaymentMethod(c.get('caller'), c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
  .openapi(
    createRoute({
      ...operation('account.fund', { body: true, note: ofFunds }),
      method: 'post',
      path: '/account/funds',
      summary: 'Ask a payment method for money',
      request: { body: json(fundRequest), headers: ofTopUp },
      responses: { ...answers(201, 'The top-up, with what became of it so far', topUpView), ...problemAnswer },
    }),
    async (c) => c.json(await fund(c.get('caller'), c.req.valid('json'), c.req.header('idempotency-key')), 201),
  )
  .openapi(
    createRoute({
      ...operation('account.topups.read'),
      method: 'get',
      path: '/account/top-ups/{id}',
      summary: 'Read a top-up, to follow one that is pending',
      request: { params },
      responses: { ...answers(200, 'The top-up', topUpView), ...problemAnswer },
    }),
    async (c) => c.json(await readTopUp(c.get('caller'), c.req.valid('param').id), 200),
  )
