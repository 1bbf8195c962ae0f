import type { AnswerTimes } from '#lib/contract/ceremony-figures.ts'
import { Cell, Table } from '../../../ui/table.tsx'
import { Card } from '../../card.tsx'
import { number } from '../usage-numbers.ts'
import { round } from './ceremony-tiles.tsx'

const columns = [
  { id: 'operation', label: 'Operation' },
  { id: 'half', label: 'Half within', className: 'text-right' },
  { id: 'most', label: '95 % within', className: 'text-right' },
  { id: 'answers', label: 'Answers', className: 'text-right' },
]

/** How long this server took to answer. */
export function CeremonyAnswers({ times }: { times: readonly AnswerTimes[] }) {
  return (
    <Card
      title="How long answers take"
      note="From a request’s arrival to its answer, of the latest that were accepted. What the person and their authenticator need comes between begin and finish."
    >
      <Table label="Times of answers" columns={columns} minWidth="min-w-[25rem]">
        {times.map(({ operation, p50, p95, answers }) => (
          <tr key={operation}>
            <th scope="row" className="px-4 py-3 font-mono font-normal whitespace-nowrap text-[13px]">
              {operation.replace('passkeys.', '')}
            </th>
            <Milliseconds of={p50} />
            <Milliseconds of={p95} />
            <Cell className="text-right tabular-nums">{number(answers)}</Cell>
          </tr>
        ))}
      </Table>
    </Card>
  )
}

function Milliseconds({ of }: { of: number | null }) {
  return (
    <Cell className={`whitespace-nowrap text-right tabular-nums ${of === null ? 'text-faint' : ''}`}>
      {of === null ? 'none' : `${round(of)} ms`}
    </Cell>
  )
}
