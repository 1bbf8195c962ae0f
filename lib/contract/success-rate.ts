/** The share of finishes that were accepted, 0 to 1; null where there was none. */
export function successRate({ ok, finished }: { ok: number; finished: number }): number | null {
  return finished === 0 ? null : ok / finished
}
