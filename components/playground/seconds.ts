/** A duration as people read it, on one line: 0.4 s, 12 s. */
export function seconds(milliseconds: number): string {
  const number = milliseconds < 10_000 ? (milliseconds / 1000).toFixed(1) : Math.round(milliseconds / 1000)
  return `${number}\u00a0s`
}
