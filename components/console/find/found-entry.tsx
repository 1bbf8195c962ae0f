import Link from 'next/link'
import { LineIcon } from '../../ui/icon.tsx'
import type { Entry } from './entries.ts'

interface Props {
  id: string
  entry: Entry
  /** What was looked for: its place in the name is marked. */
  text: string
  active: boolean
  /** The pointer came to it. */
  onPoint: () => void
  onOpen: () => void
}

const look = 'flex items-center gap-2.5 rounded-lg px-2.5 py-2 text-[14px] leading-5 aria-selected:bg-accent-wash'

/** One option of what was found: a link, so that it opens as links do. */
export function FoundEntry({ id, entry: { href, name, note, icon, mono }, text, active, onPoint, onOpen }: Props) {
  const option = {
    ...{ id, role: 'option', 'aria-selected': active, tabIndex: -1, href, className: look },
    onPointerMove: () => active || onPoint(),
    onClick: onOpen,
  }
  const content = (
    <>
      {icon ? (
        <LineIcon d={icon} className="mx-1 size-4 text-soft" />
      ) : (
        <span
          aria-hidden="true"
          className="grid size-6 shrink-0 place-items-center rounded-full bg-sunk text-[12px] text-soft"
        >
          {name.charAt(0)}
        </span>
      )}
      <span className={`min-w-0 truncate ${mono ? 'font-mono text-[13px]' : ''}`}>
        <Marked text={text} name={name} />
      </span>
      <span className="min-w-0 flex-1 truncate text-[13px] text-soft">{note}</span>
    </>
  )
  // A page that shows a secret is come to and left whole, so that leaving it can warn.
  return /\/new(?:\?|$)/.test(href) ? (
    <a {...option}>{content}</a>
  ) : (
    <Link {...option} prefetch={false}>
      {content}
    </Link>
  )
}

function Marked({ text, name }: { text: string; name: string }) {
  const at = text ? name.toLowerCase().indexOf(text.toLowerCase()) : -1
  if (at < 0) return name
  return (
    <>
      {name.slice(0, at)}
      <mark className="bg-transparent font-semibold text-accent">{name.slice(at, at + text.length)}</mark>
      {name.slice(at + text.length)}
    </>
  )
}
