import type { DecodedNode } from './node.ts'

/** Everything wrong in a tree, each error with the name of its part; of the parts in `closed`, not what is inside them. */
export function errorsOf(node: DecodedNode, closed: readonly string[] = [], errors: string[] = []): string[] {
  if (node.error) errors.push(`${node.name}: ${node.error}`)
  if (node.children && !closed.includes(node.name)) {
    for (const child of node.children) errorsOf(child, closed, errors)
  }
  return errors
}

/** The tree of an embedded structure, its ranges counted from `by` bytes earlier: from where the outer one begins. */
export function shifted(node: DecodedNode, by: number): DecodedNode {
  const moved = { ...node }
  if (node.range) moved.range = [node.range[0] + by, node.range[1] + by]
  if (node.children) moved.children = node.children.map((child) => shifted(child, by))
  return moved
}

/** The tree with every place in it moved, by where it is to begin and to end. */
export function mapped(node: DecodedNode, begin: (at: number) => number, end: (at: number) => number): DecodedNode {
  const moved = { ...node }
  if (node.range) moved.range = [begin(node.range[0]), end(node.range[1])]
  if (node.children) moved.children = node.children.map((child) => mapped(child, begin, end))
  return moved
}

/**
 * The tree of bytes that stand in base64, in the places of the text: a character that holds bits of two parts is of both.
 * The text begins at `from`.
 */
export function inBase64(node: DecodedNode, from = 0): DecodedNode {
  return mapped(
    node,
    (at) => from + Math.floor((at * 4) / 3),
    (at) => from + Math.ceil((at * 4) / 3),
  )
}
