'use client'

import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { Fixed, Only } from '../role.tsx'
import { useData } from '../use-data.ts'
import { AccountEmpty } from './account-empty.tsx'
import { AccountFigures } from './account-figures.tsx'
import { AddFunds } from './add-funds.tsx'
import { BalanceAlert } from './balance-alert.tsx'
import { BalanceOverTime } from './balance-over-time.tsx'
import { PaymentMethods } from './payment-methods.tsx'
import { PendingTopUps } from './pending-top-ups.tsx'
import { Transactions } from './transactions.tsx'

/** The page of an environment's money: what there is, how it came and went, and how more of it comes. Kept current. */
export function Account() {
  const [search, change] = useQuery()
  const environment = search.get('environment') === 'live' ? 'live' : 'test'
  const [adding, add] = useState(false)
  const read = useData(
    async () => ({ of: environment, ...(await consoleClient.account.read(environment)) }),
    [environment],
    { every: 10_000 },
  )
  const shown = read.data?.of === environment ? read.data : undefined
  // Whatever moves money changes one of them.
  const state = shown && `${environment} ${shown.account.balance.amount} ${shown.account.reserved.amount}`

  return (
    <>
      <PageHead
        title="Account"
        description="The money that live executions of skills are paid from, and every movement of it. The test environment has an account of its own, where no money is real."
        actions={
          shown ? (
            <Only least="owner" to="add funds and change how you pay">
              <Button onClick={() => add(true)}>Add funds</Button>
            </Only>
          ) : null
        }
      />
      <div className="space-y-4">
        {read.error && !shown ? (
          <LoadError error={read.error} onRetry={read.reload} />
        ) : (
          <ChangeError error={read.error} />
        )}
        {shown ? (
          <>
            <AccountFigures of={shown.account} />
            <PendingTopUps of={shown.pending} methods={shown.paymentMethods} environment={environment} />
            {shown.empty ? (
              shown.pending.length ? null : (
                <AccountEmpty environment={environment} />
              )
            ) : (
              <>
                <BalanceOverTime key={environment} environment={environment} state={state ?? ''} />
                <Transactions environment={environment} state={state ?? ''} search={search} onChange={change} />
              </>
            )}
            <div className="grid items-start gap-4 xl:grid-cols-2 *:min-w-0">
              <Fixed least="owner">
                <PaymentMethods
                  key={environment}
                  of={shown.paymentMethods}
                  environment={environment}
                  onChanged={read.reload}
                />
              </Fixed>
              <Fixed least="owner">
                <BalanceAlert key={environment} of={shown.account} onChanged={read.reload} />
              </Fixed>
            </div>
            <AddFunds
              open={adding}
              onClose={() => add(false)}
              environment={environment}
              methods={shown.paymentMethods}
              onChanged={read.reload}
            />
          </>
        ) : read.error ? null : (
          <Skeleton label="Reading the account" rows={3} height="h-28" />
        )}
      </div>
    </>
  )
}
