'use client'

import { useMemo, useState } from 'react'
import { toHex } from '#lib/webauthn/decode/bytes.ts'
import type { DecodedNode } from '#lib/webauthn/decode/node.ts'
import { TreeBytes } from './decoded-tree-bytes.tsx'
import { DecodedTreeRow } from './decoded-tree-row.tsx'
import { byteRuns, rowsOf, type TreeRow, unfolded } from './decoded-tree-rows.ts'

interface Props {
  node: DecodedNode
  label: string
  /** The structure's bytes, where it has any: point at a row and its bytes light up, and the other way round. */
  bytes?: Uint8Array | undefined
  as?: 'hex' | 'text' | undefined
  /** What to say while nothing is lit. */
  hint?: string | undefined
}

/** A decoded structure: labelled rows that say what each part is and means, under the bytes that they came from. */
export function DecodedTree({ node, label, bytes, as = 'hex', hint }: Props) {
  const [path, light] = useState<string>()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => rowsOf(node), [node])
  const runs = useMemo(() => (bytes ? byteRuns(rows, bytes.length) : []), [rows, bytes])
  const at = rows.find((row) => row.path === path)

  return (
    <div className="@container">
      {bytes && bytes.length > 0 && (
        <div className="sticky top-0 z-10 bg-card pt-1">
          <TreeBytes bytes={bytes} runs={runs} label={label} as={as} lit={at?.node.range} onLight={light} />
          <Legend row={at} hint={hint} />
        </div>
      )}
      <table className="block w-full border-collapse @xl:table @xl:table-fixed">
        <caption className="sr-only">{label}</caption>
        <colgroup>
          <col className="w-[27%]" />
          <col className="w-[33%]" />
          <col />
          <col className="w-9" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
            <th scope="col">Copy</th>
          </tr>
        </thead>
        <tbody className="block @xl:table-row-group">
          {unfolded(rows, opened).map((row) => (
            <DecodedTreeRow
              key={row.path}
              row={row}
              lit={row.path === path}
              copy={hexOf(row, bytes)}
              onLight={light}
              open={opened.has(row.path)}
              onToggle={() => setOpened(new Set([row.path]).symmetricDifference(opened))}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is lit, in words. */
function Legend({ row, hint }: { row: TreeRow | undefined; hint: string | undefined }) {
  const [from, to] = row?.node.range ?? []
  const where =
    from === undefined || to === undefined ? undefined : to - from === 1 ? `byte ${from}` : `bytes ${from}–${to - 1}`
  return (
    <p aria-hidden="true" className="mt-1 mb-1 truncate px-2 text-faint text-xs tabular-nums">
      {row && where ? (
        <>
          <span className="font-mono text-ink">{row.title}</span> {where}
        </>
      ) : (
        (hint ?? '\u00a0')
      )}
    </p>
  )
}

/** The whole of an opaque part whose shown value was shortened. */
function hexOf({ node }: TreeRow, bytes: Uint8Array | undefined): string | undefined {
  if (!bytes || !node.range || !node.value?.includes('…')) return undefined
  return toHex(bytes.subarray(...node.range))
}
