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
