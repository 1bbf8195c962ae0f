import type { AskedRow, AskedVerdict } from '#lib/webauthn/asked/index.ts'
import { Breakable } from '../../ui/breakable.tsx'

const looks: Readonly<Record<AskedVerdict, { mark: string; tone: string }>> = {
  honoured: { mark: '✓', tone: 'text-ok' },
  'ignored by the browser': { mark: '–', tone: 'text-soft' },
  'ignored by the authenticator': { mark: '–', tone: 'text-soft' },
  'changed by the server': { mark: '⇄', tone: 'text-accent' },
  'refused by the browser': { mark: '✗', tone: 'text-bad' },
  contradicted: { mark: '✗', tone: 'text-bad' },
  'cannot be told': { mark: '?', tone: 'text-faint' },
}

/** One thing that was asked for: a line of a table, or a card where there is no room for one. */
export function AskedLine({ row }: { row: AskedRow }) {
  const { mark, tone } = looks[row.verdict]
  return (
    <tr
      data-verdict={row.verdict}
      className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 border-line border-b py-2.5 text-[14px] last:border-b-0 @2xl:table-row [&>*]:@2xl:border-line [&>*]:@2xl:border-b [&>*]:@2xl:py-2 [&>*]:@2xl:pr-4"
    >
      <th scope="row" title={row.path} className="col-span-2 pb-1 text-left font-medium wrap-anywhere">
        {row.group === 'Extensions' ? (
          <code className="font-mono text-[13px]">
            <Breakable text={row.title} />
          </code>
        ) : (
          row.title
        )}
      </th>
      <Value label="asked" value={row.asked} />
      <Value label="got" value={row.got} />
      <td className={`contents @2xl:table-cell ${tone}`}>
        <span className="text-[12.5px] text-faint @2xl:hidden">verdict</span>
        <span>
          <span aria-hidden="true" className="mr-1.5 font-bold">
            {mark}
          </span>
          {row.verdict}
        </span>
      </td>
      <td className="col-start-2 text-[13px] text-soft">
        <Breakable text={row.why ?? ''} />
      </td>
    </tr>
  )
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <td className="contents font-mono text-[12.5px] wrap-anywhere @2xl:table-cell">
      <span className="font-sans text-faint @2xl:hidden">{label}</span>
      <span className="wrap-anywhere">
        <Breakable text={value} />
      </span>
    </td>
  )
}
