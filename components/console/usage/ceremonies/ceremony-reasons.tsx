import Link from 'next/link'
import type { CeremonyFigures, ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Cell, Table } from '../../../ui/table.tsx'
import { logsPath } from '../../logs/logs-view.ts'
import { reasonWords } from '../../reason-words.ts'
import { number } from '../usage-numbers.ts'

interface Props {
  /** Of the card that it stands in. */
  title: string
  /** What the names of its operations begin with. */
  operation: string
  failures: CeremonyFigures['failures']
  ceremonies: ConsoleCeremonies
  environment: Environment
}

const link = 'font-medium text-accent underline-offset-4 hover:underline'
const columns = [
  { id: 'reason', label: 'Why not' },
  { id: 'step', label: 'Where' },
  { id: 'requests', label: 'Requests', className: 'text-right' },
]

/** Why requests were refused, each with its way to those requests and to what is to be done. */
export function CeremonyReasons({ title, operation, failures, ceremonies, environment }: Props) {
  const { from, to, loggedSince } = ceremonies
  const reasons = ceremonies.reasons.filter((one) => one.operation.startsWith(operation))
  const older = Date.parse(from) < Date.parse(loggedSince)
  if (reasons.length === 0 && failures.length === 0) {
    return <p className="mt-3 text-[13px] text-soft">Nothing was refused.</p>
  }
  return (
    <div className="mt-4 space-y-2.5">
      <Table label={`Why not: ${title}`} columns={columns} stacks>
        {reasons.map((one) => (
          <tr key={`${one.operation} ${one.code} ${one.reason}`}>
            <Cell>
              <Reason code={one.code} reason={one.reason} />
              <span className="block text-[13px] text-soft wrap-anywhere">{exampleOf(one)}</span>
            </Cell>
            <Cell className="text-[13px] text-soft">{one.operation.slice(operation.length)}</Cell>
            <Cell className="whitespace-nowrap text-right tabular-nums">
              <Link
                href={logsPath(environment, { operation: one.operation, code: one.code, reason: one.reason, from, to })}
                prefetch={false}
                className={link}
              >
                {number(one.requests)} in Logs
              </Link>
            </Cell>
          </tr>
        ))}
        {(older || reasons.length === 0 ? failures : []).map(({ step, code, requests }) => (
          <tr key={`all ${step} ${code}`}>
            <Cell>
              <Reason code={code} reason={code} />
              <span className="block text-[13px] text-soft">In the whole range</span>
            </Cell>
            <Cell className="text-[13px] text-soft">{step}</Cell>
            <Cell className="text-right tabular-nums">{number(requests)}</Cell>
          </tr>
        ))}
      </Table>
      {older ? (
        <p className="text-[13px] text-faint">
          The log goes back to{' '}
          {new Date(loggedSince).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })}: what failed in
          a check, and for whom, is known from there on. Before it, codes were counted.
        </p>
      ) : null}
    </div>
  )
}

function Reason({ code, reason }: { code: string; reason: string }) {
  return (
    <>
      <span className="font-medium">{reasonWords({ reason })}</span>{' '}
      <Link href={`/docs/errors#${code}`} prefetch={false} className={`font-mono text-[12.5px] ${link}`}>
        {code}
      </Link>
    </>
  )
}

/** What the latest of them got, where that is known. */
function exampleOf({ example }: ConsoleCeremonies['reasons'][number]): string {
  const { expected, actual, username } = example
  const values = actual ? `got ${actual}${expected ? `, expected ${expected}` : ''}` : ''
  const whom = username ? `the latest: ${username}` : ''
  return [values, whom].filter(Boolean).join('; ')
}
