'use client'

import type { TransactionList, TransactionType, TransactionView } from '#lib/contract/account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { exportPath } from '#lib/sdk/console.ts'
import { Button, smallLink } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Cell, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { ChangeQuery } from '../../ui/use-query.ts'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { DayFields } from '../days/day-fields.tsx'
import { daysOf, momentsOf } from '../days/days.ts'
import { DocsLink } from '../docs-link.tsx'
import { LoadError } from '../load-error.tsx'
import { LoadMore } from '../load-more.tsx'
import { changeOf, dollars } from '../money.ts'
import { useTenantId } from '../role.tsx'
import { usePages } from '../use-pages.ts'

/** What each kind of transaction is called. */
const typeWords: Record<TransactionType, string> = {
  top_up: 'Funds added',
  reservation: 'Held for a run',
  charge: 'Charged for a run',
  release: 'Given back',
}
const choices = [
  { value: '', label: 'Every movement' },
  ...Object.entries(typeWords).map(([value, label]) => ({ value, label })),
]
const right = 'text-right whitespace-nowrap'
const columns = [
  { id: 'type', label: 'What' },
  { id: 'change', label: 'Balance', className: right },
  { id: 'held', label: 'Reserved', className: right },
  { id: 'after', label: 'Balance after', className: right },
  { id: 'of', label: 'Of' },
  { id: 'time', label: 'When' },
]

interface Props {
  environment: Environment
  /** Changes with the balance: then the newest are read. */
  state: string
  search: { get(name: string): string | null }
  onChange: ChangeQuery
}

/** Every movement, newest first, by its kind and days; all of them as a file. */
export function Transactions({ environment, state, search, onChange }: Props) {
  const tenantId = useTenantId()
  const type = typeOf(search.get('type'))
  const days = daysOf(search)
  const filter = { environment, ...(type ? { type } : {}), ...momentsOf(days) }
  const filtered = Boolean(type || days.from || days.to)
  const { items, more, error, again, loading, reading } = usePages<TransactionView, TransactionList>(
    { ...filter, state },
    (cursor) => consoleClient.account.transactions({ ...filter, limit: 20, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <Card
      title="Transactions"
      note="Entries are only ever added. What a run holds is reserved first, then charged or given back."
      actions={
        <a href={exportPath(tenantId, 'account/transactions.csv', filter)} download className={smallLink}>
          Download CSV
        </a>
      }
    >
      <search aria-label="Filter" className="mb-4 grid grid-cols-2 gap-x-2.5 gap-y-3 sm:max-w-xl sm:grid-cols-3">
        <Select
          id="transaction-type"
          label="Movements"
          value={type ?? ''}
          choices={choices}
          onChoose={(chosen) => onChange({ type: chosen })}
          className="col-span-2 min-w-0 sm:col-span-1"
        />
        <DayFields id="transaction" {...days} onChange={onChange} />
      </search>
      {error && !items ? <LoadError error={error} onRetry={again} /> : <ChangeError error={error} />}
      <div aria-busy={loading}>
        {items?.length ? (
          <Table label="Every transaction" columns={columns} minWidth="min-w-[720px]">
            {items.map((one) => (
              <tr key={one.id}>
                <th scope="row" className="whitespace-nowrap px-4 py-2.5 font-medium">
                  {typeWords[one.type]}
                </th>
                <Cell className="py-2.5! text-right tabular-nums">{changeOf(one.balanceChange)}</Cell>
                <Cell className="py-2.5! text-right text-soft tabular-nums">{changeOf(one.reservedChange)}</Cell>
                <Cell className="py-2.5! text-right tabular-nums">{dollars(one.balance)}</Cell>
                <Cell className="py-2.5!">
                  <code className="font-mono text-[12.5px] text-soft">{one.sourceId}</code>
                </Cell>
                <Cell className="py-2.5! text-soft">
                  <Time iso={one.createdAt} />
                </Cell>
              </tr>
            ))}
          </Table>
        ) : items ? (
          <Empty
            title={filtered ? 'No such movement' : 'No movement yet'}
            action={
              filtered ? (
                <Button look="secondary" onClick={() => onChange({ type: '', from: '', to: '' })}>
                  Show everything
                </Button>
              ) : (
                <DocsLink href="/docs/skills-and-account" />
              )
            }
          >
            {filtered
              ? 'Nothing of this kind has moved money here in these days.'
              : 'Each movement of money stands here once it was made.'}
          </Empty>
        ) : loading ? (
          <Skeleton label="Reading the transactions" rows={4} height="h-10" />
        ) : null}
      </div>
      <LoadMore more={more} reading={reading} />
    </Card>
  )
}

function typeOf(text: string | null): TransactionType | undefined {
  return text !== null && Object.hasOwn(typeWords, text) ? (text as TransactionType) : undefined
}
