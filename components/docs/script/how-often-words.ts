/** What the log has of an error. */
export interface Figures {
  tenant: string
  environment: string
  code: string
  /** Undefined where the key may not read them. */
  entries: { reason: string | null }[] | undefined
  /** There are more than these. */
  isMore: boolean
}

/** How often it happened, and mostly why, in pieces of which the figures stand out. */
export function wordsOf({ tenant, environment, code, entries, isMore }: Figures): (string | { strong: string })[] {
  if (!entries)
    return [
      'How often it happened to ',
      { strong: tenant },
      ' is for keys with usage:read, and for members in the Console.',
    ]
  const whose = `${tenant}, ${environment}: `
  if (entries.length === 0) return [whose, isMore ? 'rarely in the last 24 hours.' : 'not in the last 24 hours.']
  const counts = new Map<string, number>()
  for (const { reason } of entries) if (reason && reason !== code) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const [most] = [...counts].sort(([, one], [, other]) => other - one)
  return [
    whose,
    { strong: `${entries.length}${isMore ? ' or more' : ''}` },
    ' in the last 24 hours',
    ...(most ? [', ', { strong: String(most[1]) }, ' of them for ', { strong: most[0] }] : []),
    '.',
  ]
}
