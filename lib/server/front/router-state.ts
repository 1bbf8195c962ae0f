import { z } from 'zod'

// What Next's pages say in `next-router-state-tree` of where they are. Next answers one that it cannot read with 500.

const maxDepth = 32

const segment = z.union([z.string(), z.tuple([z.string(), z.string(), z.string(), z.array(z.string()).nullable()])])

const routerState = z.tuple([
  segment,
  z.record(z.string(), z.unknown()),
  z.tuple([z.string(), z.string()]).nullish(),
  z.enum(['refetch', 'inside-shared-layout', 'metadata-only']).nullish(),
  z.number().nullish(),
  z.string().optional(),
])

/** Whether Next can read a header's value as the state of its router; none of the pages lies deeper than 32 levels. */
export function isRouterState(header: string): boolean {
  try {
    return readable(JSON.parse(decodeURIComponent(header)), maxDepth)
  } catch {
    return false
  }
}

function readable(state: unknown, depth: number): boolean {
  if (depth === 0 || !routerState.safeParse(state).success) return false
  // As Next reads it: what was parsed has no member `__proto__` any more.
  const [, children] = state as z.infer<typeof routerState>
  return Object.values(children).every((child) => readable(child, depth - 1))
}
