import type { DecodedNode } from './node.ts'

/** Everything wrong in a tree, each error with the name of its part; of the parts in `closed`, not what is inside them. */
export function errorsOf(node: DecodedNode, closed: readonly string[] = []): string[] {
  const inside = closed.includes(node.name) ? [] : (node.children ?? [])
  return [...(node.error ? [`${node.name}: ${node.error}`] : []), ...inside.flatMap((child) => errorsOf(child, closed))]
}

/** The tree of an embedded structure, its ranges counted from `by` bytes earlier: from where the outer one begins. */
export function shifted(node: DecodedNode, by: number): DecodedNode {
  const moved = { ...node }
  if (node.range) moved.range = [node.range[0] + by, node.range[1] + by]
  if (node.children) moved.children = node.children.map((child) => shifted(child, by))
  return moved
}
