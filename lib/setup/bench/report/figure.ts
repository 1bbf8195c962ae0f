/** Three digits that count; two of a small number. */
export function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(value < 10 ? 2 : 3)))
}

/** How many times as much one is as another. */
export function times(one: number, other: number): string {
  return `${figure(one / other)} ×`
}

/** A part of a whole, in hundredths. */
export function share(part: number, whole: number): string {
  return `${figure((part / whole) * 100)} %`
}

/** Rows as aligned lines: the first column to the left, the others to the right. The first row is the heads. */
export function table(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([title = '']) => title.length))
  return rows.map((cells) =>
    cells
      .map((cell, at) => (at ? cell.padStart(18) : cell.padEnd(width)))
      .join('')
      .trimEnd(),
  )
}
