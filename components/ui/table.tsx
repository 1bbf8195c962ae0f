import type { ComponentProps, ReactNode } from 'react'

interface Props {
  /** The accessible name. */
  label: string
  columns: readonly { id: string; label: ReactNode; className?: string }[]
  /** Rows: `tr` of `Cell`s. */
  children: ReactNode
  /** The width below which it scrolls inside its own box. */
  minWidth?: string
  /** On a phone the cells of a row stand below each other, and nothing scrolls. */
  stacks?: boolean
}

/** Rows of facts between hairlines. A table that is wider than its place scrolls inside it, by keyboard too. */
export function Table({ label, columns, children, minWidth = 'min-w-full', stacks = false }: Props) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-xl border border-line bg-card"
    >
      <table
        aria-label={label}
        className={`w-full border-collapse text-left text-[14px] ${minWidth} ${stacks ? stacked : ''}`}
      >
        <thead>
          <tr className="border-line border-b text-[13px] text-faint">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={`px-4 py-2.5 font-medium ${column.className ?? ''}`}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr+tr]:border-line [&>tr+tr]:border-t">{children}</tbody>
      </table>
    </section>
  )
}

const stacked =
  'max-sm:block max-sm:min-w-0 max-sm:[&_tbody]:block max-sm:[&_td]:block max-sm:[&_td]:py-0.5 max-sm:[&_thead]:sr-only max-sm:[&_tr]:block max-sm:[&_tr]:py-2'

/** A cell of a `Table`. */
export function Cell({ className = '', ...cell }: ComponentProps<'td'>) {
  return <td className={`px-4 py-3 align-middle ${className}`} {...cell} />
}
