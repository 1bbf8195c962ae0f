import type { DecodedNode } from '#lib/webauthn/decode/node.ts'

/** One node of a decoded tree, as a line of a table. */
export interface TreeRow {
  node: DecodedNode
  /** Unique in its tree: positions from the root, joined by dots. */
  path: string
  /** Names from the root, for people: “authData flags”. */
  title: string
  depth: number
  /** The colour of its bytes; absent where its parts have their own. */
  tone?: string
  /** The bits of a byte that is a set of flags: shown with their byte, not as rows of their own. */
  bits?: readonly DecodedNode[]
}

/** A run of bytes that light up together. */
export interface ByteRun {
  from: number
  to: number
  tone?: string
  /** The row that they belong to. */
  path?: string
}

const tones = ['text-jwt-signature', 'text-jwt-payload', 'text-jwt-header'] as const

/** The tree below its root, in reading order. Neighbouring fields that have their own bytes differ in colour. */
export function rowsOf(root: DecodedNode): TreeRow[] {
  const rows: TreeRow[] = []
  let next = 0
  const walk = (node: DecodedNode, path: string, title: string, depth: number, inherited?: string) => {
    const tone = inherited ?? (isField(node) ? tones[next++ % tones.length] : undefined)
    const bits = isBitSet(node) ? node.children : undefined
    rows.push({ node, path, title, depth, ...(tone && { tone }), ...(bits && { bits }) })
    if (bits) return
    for (const [at, child] of (node.children ?? []).entries())
      walk(child, `${path}.${at}`, `${title} ${child.name}`, depth + 1, tone)
  }
  const top = root.children?.length ? root.children : [root]
  for (const [at, child] of top.entries()) walk(child, `${at}`, child.name, 0)
  return rows
}

/** The rows that are to be seen: not those inside of a folded part that nobody opened. */
export function unfolded(rows: readonly TreeRow[], opened: ReadonlySet<string>): TreeRow[] {
  const closed = rows.filter(({ node, path }) => node.folded && !opened.has(path)).map(({ path }) => `${path}.`)
  return rows.filter(({ path }) => !closed.some((start) => path.startsWith(start)))
}

/** The structure's bytes, cut wherever a field begins or ends. What no field claims keeps no colour. */
export function byteRuns(rows: readonly TreeRow[], length: number): ByteRun[] {
  const ranged = rows.filter((row) => row.node.range)
  const cuts = new Set([0, length])
  for (const { node } of ranged) for (const cut of node.range ?? []) if (cut >= 0 && cut <= length) cuts.add(cut)
  const sorted = [...cuts].sort((a, b) => a - b)
  return sorted.slice(1).map((to, at) => {
    const from = sorted[at] ?? 0
    const owners = ranged.filter(({ node: { range } }) => range && range[0] <= from && to <= range[1])
    const field = owners.find((row) => row.tone)
    const owner = field ?? owners.at(-1)
    return { from, to, ...(field?.tone && { tone: field.tone }), ...(owner && { path: owner.path }) }
  })
}

/** Has bytes that none of its parts divides further; the bits of one byte do not. */
function isField({ range, children = [] }: DecodedNode): boolean {
  return range !== undefined && children.every((child) => !child.range || sameRange(child.range, range))
}

function isBitSet({ range, children = [] }: DecodedNode): boolean {
  if (!range || children.length < 5) return false
  return children.every(({ value, ...child }) => (value === '0' || value === '1') && sameRange(child.range, range))
}

function sameRange(a: DecodedNode['range'], b: DecodedNode['range']): boolean {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1]
}
