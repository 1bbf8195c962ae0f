import type { BalanceOverTime } from '#lib/contract/console-account.ts'
import { Cell, Table } from '../../ui/table.tsx'
import { dollars } from '../money.ts'
import { pointLabel } from '../usage/usage-numbers.ts'

const right = 'text-right'

/** The chart's numbers, the latest first; of points in a row that are alike, the first. */
export function BalanceTable({ of: { times, step, balance, reserved } }: { of: BalanceOverTime }) {
  const points = times.map((time, at) => ({ time, at }))
  const changed = points.filter(({ at }) => balance[at] !== balance[at - 1] || reserved[at] !== reserved[at - 1])
  return (
    <>
      <Table
        label="Balance over time"
        columns={[
          { id: 'time', label: step === 'day' ? 'Day' : 'Hour (UTC)' },
          { id: 'balance', label: 'Balance', className: right },
          { id: 'reserved', label: 'Reserved', className: right },
        ]}
      >
        {changed.toReversed().map(({ time, at }) => (
          <tr key={time}>
            <th scope="row" className="whitespace-nowrap px-4 py-2 font-normal">
              <time dateTime={time}>{pointLabel(time, step)}</time>
            </th>
            <Cell className="py-2! text-right tabular-nums">{dollars(balance[at] ?? 0)}</Cell>
            <Cell className="py-2! text-right tabular-nums">{dollars(reserved[at] ?? 0)}</Cell>
          </tr>
        ))}
      </Table>
      <p className="mt-2 text-[13px] text-faint">A {step} after which nothing had changed is left out.</p>
    </>
  )
}
