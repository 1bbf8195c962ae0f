const width = 30

/** Shows on a terminal how far something is; where standard error is none, says nothing. */
export function bar() {
  const { stderr } = process
  let shown = ''
  return {
    show(done: number, all: number): void {
      if (!stderr.isTTY) return
      const part = all === 0 ? 1 : done / all
      const filled = Math.floor(part * width)
      const text = `\r[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${Math.floor(part * 100)} %`
      if (text !== shown) stderr.write(text)
      shown = text
    },
    end(): void {
      if (shown !== '') stderr.write(`\r${' '.repeat(width + 8)}\r`)
    },
  }
}
