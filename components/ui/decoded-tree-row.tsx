'use client'

import type { CSSProperties } from 'react'
import { Breakable } from './breakable.tsx'
import { CopyButton } from './copy-button.tsx'
import { DecodedTreeBits } from './decoded-tree-bits.tsx'
import type { TreeRow } from './decoded-tree-rows.ts'

interface Props {
  row: TreeRow
  lit: boolean
  /** What Copy takes; by default the shown value. */
  copy?: string | undefined
  onLight: (path: string | undefined) => void
  /** Whether the parts of a folded one are shown. */
  open: boolean
  onToggle: () => void
}

/** One decoded part: its name in the colour of its bytes, what it says, what that means. */
export function DecodedTreeRow({ row, lit, copy, onLight, open, onToggle }: Props) {
  const { node, tone, depth, path, title, bits } = row
  const copied = copy ?? node.value
  const wash = `transition-colors ${lit ? 'bg-accent-wash' : ''}`
  // Certificates lie deep: from the fifth level on a step is smaller, so that names keep their room.
  const steps = Math.min(depth, 4) + Math.min(Math.max(depth - 4, 0), 6) / 3
  const indent = { '--indent': `${0.5 + steps}rem` } as CSSProperties
  const listen = {
    onPointerEnter: () => onLight(path),
    onPointerLeave: () => onLight(undefined),
    onFocus: () => onLight(path),
    onBlur: () => onLight(undefined),
  }
  return (
    <>
      <tr
        {...listen}
        style={indent}
        className={`group/row grid grid-cols-[minmax(0,1fr)_auto] @xl:table-row ${bits ? '' : 'border-line border-b'} ${wash}`}
      >
        <th
          scope="row"
          className={`pt-2 pl-(--indent) text-left align-top font-mono font-normal text-[13px] wrap-anywhere @xl:py-2 @xl:pr-4 ${tone ?? (node.children ? 'text-ink' : 'text-soft')}`}
        >
          {node.folded ? (
            <button
              type="button"
              aria-expanded={open}
              aria-label={`${title}: its parts`}
              onClick={onToggle}
              className="text-left underline decoration-line-strong underline-offset-2 hover:text-ink"
            >
              <Breakable text={node.name} /> {open ? '▾' : '▸'}
            </button>
          ) : (
            <Breakable text={node.name} />
          )}
        </th>
        <td className="col-span-full row-start-2 pr-2 pl-(--indent) align-top font-mono text-[13px] wrap-anywhere @max-xl:empty:hidden @xl:py-2 @xl:pr-4 @xl:pl-0">
          {node.value === undefined ? null : <Breakable text={short(node.value)} />}
        </td>
        <td className="col-span-full row-start-3 pr-2 pb-2 pl-(--indent) align-top text-[13px] text-soft @xl:py-2 @xl:pl-0">
          {node.note}
          {node.error && <span className="block text-bad">Broken: {node.error}</span>}
          {node.spec && (
            <a
              href={node.spec}
              target="_blank"
              rel="noreferrer"
              aria-label={`spec: ${title}`}
              className="ml-1.5 text-faint underline decoration-line-strong underline-offset-2 hover:text-ink"
            >
              spec
            </a>
          )}
        </td>
        <td className="col-start-2 row-start-1 py-1 pr-1 text-right align-top @xl:py-1.5">
          {copied && (
            <span className="opacity-0 transition-opacity focus-within:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100">
              <CopyButton small text={copied} label={`Copy ${title}`} />
            </span>
          )}
        </td>
      </tr>
      {bits && (
        <tr {...listen} style={indent} className={`block border-line border-b @xl:table-row ${wash}`}>
          <td className="hidden @xl:table-cell" />
          <td colSpan={3} className="block pr-2 pb-2 pl-(--indent) @xl:table-cell @xl:pl-0">
            <DecodedTreeBits bits={bits} />
          </td>
        </tr>
      )}
    </>
  )
}

/** A long run of hex or base64url (a JWT too) in its beginning and end: Copy takes the whole. */
function short(value: string): string {
  const most = /^[0-9a-f]+$/.test(value) ? 40 : 120
  if (value.length <= most || !/^[\w.-]+$/.test(value)) return value
  return `${value.slice(0, 16)}…${value.slice(-8)}`
}
