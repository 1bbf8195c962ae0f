import { listChange } from './audit-difference.ts'

interface Props {
  value: unknown
  /** The same member on the other side, where there is one. */
  other: unknown
  side: 'before' | 'after'
}

/** A member's value as people read it; of a list, what left or joined it is marked. */
export function AuditValue({ value, other, side }: Props) {
  if (value === undefined) return <Nothing>not there</Nothing>
  if (value === null) return <Nothing>none</Nothing>
  if (value === '') return <Nothing>empty</Nothing>
  if (Array.isArray(value) && value.length === 0) return <Nothing>none</Nothing>
  const change = side === 'before' ? listChange(value, other) : listChange(other, value)
  if (change) return <List kept={change.kept} marked={side === 'before' ? change.out : change.in} side={side} />
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return <List kept={value} marked={[]} side={side} />
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value))
    return (
      <time dateTime={value} title={value}>
        {new Date(value).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })}
      </time>
    )
  if (typeof value === 'number') return <span className="font-mono">{value.toLocaleString('en')}</span>
  return <span className="font-mono">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
}

function Nothing({ children }: { children: string }) {
  return <span className="text-faint italic">{children}</span>
}

function List({ kept, marked, side }: { kept: string[]; marked: string[]; side: 'before' | 'after' }) {
  return (
    <ul className="flex flex-wrap gap-x-2.5 gap-y-0.5 font-mono">
      {marked.map((item) => (
        <li key={item}>
          {side === 'before' ? (
            <del className="rounded-[3px] bg-bad-wash px-1 text-bad">{item}</del>
          ) : (
            <ins className="rounded-[3px] bg-ok-wash px-1 font-medium text-ok no-underline">+ {item}</ins>
          )}
        </li>
      ))}
      {kept.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}
