import type { ConsoleUsage } from '#lib/contract/console.ts'
import { Cell, Table } from '../../ui/table.tsx'
import { type Counted, capital, number, pointLabel, requests } from './usage-numbers.ts'
import type { Series } from './usage-series.ts'

interface Props {
  usage: Pick<ConsoleUsage, 'times' | 'step'> & { totals: { requests: number } }
  series: readonly Series[]
  of?: Counted
}

/** The chart's numbers, the latest first, every series for itself. Points without a request are left out, and it says so. */
export function UsageTable({ usage, series, of = requests }: Props) {
  const { times, step } = usage
  const sumAt = (at: number) => series.reduce((sum, one) => sum + (one.requests[at] ?? 0), 0)
  const points = times.map((time, at) => ({ time, at, sum: sumAt(at) })).filter(({ sum }) => sum)
  const without = times.length - points.length
  const columns = [
    { id: 'time', label: step === 'day' ? 'Day' : 'Hour (UTC)' },
    { id: 'all', label: 'All', className: 'text-right' },
    ...series.map(({ name }) => ({
      id: name,
      label: <code className="font-mono">{name}</code>,
      className: 'text-right',
    })),
  ]
  return (
    <>
      <Table label={`${capital(of.many)} over time`} columns={columns} minWidth={series.length > 3 ? 'min-w-max' : ''}>
        <tr className="bg-sunk font-medium">
          <th scope="row" className="whitespace-nowrap px-4 py-2 font-medium">
            Whole range
          </th>
          <Count of={usage.totals.requests} />
          {series.map(({ name, total }) => (
            <Count key={name} of={total} />
          ))}
        </tr>
        {points.toReversed().map(({ time, at, sum }) => (
          <tr key={time}>
            <th scope="row" className="whitespace-nowrap px-4 py-2 font-normal">
              <time dateTime={time}>{pointLabel(time, step)}</time>
            </th>
            <Count of={sum} />
            {series.map((one) => (
              <Count key={one.name} of={one.requests[at] ?? 0} />
            ))}
          </tr>
        ))}
      </Table>
      {without ? (
        <p className="mt-2 text-[13px] text-faint">
          {without === 1 ? `One ${step} without ${of.many} is` : `${number(without)} ${step}s without ${of.many} are`}{' '}
          left out.
        </p>
      ) : null}
    </>
  )
}

function Count({ of }: { of: number }) {
  return <Cell className={`py-2! text-right tabular-nums ${of ? '' : 'text-faint'}`}>{number(of)}</Cell>
}
