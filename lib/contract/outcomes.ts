/**
 * The outcomes of requests that were answered well: `ok` did what was asked, and `repeated` gave the answer again that the
 * same request had been given before, so that meters do not count it.
 */
export const goodOutcomes: readonly string[] = ['ok', 'repeated']
