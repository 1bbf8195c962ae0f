import { type Fence, languageOf } from '../mdx/fence.mjs'

/** A piece of code of a page, and what it prints, where the page says so. */
export interface Block {
  fence: Fence
  code: string
  /** Its line in the page. */
  line: number
  output: { language: string; text: string; line: number } | undefined
}

/**
 * All code of a page, in its order.
 *
 * @throws Error of a fence that nothing runs, that belongs to none, or that does not end
 */
export function blocksOf(mdx: string): Block[] {
  const blocks: Block[] = []
  let open: { info: string; line: number; lines: string[] } | undefined
  for (const [at, text] of mdx.split('\n').entries()) {
    const [, info] = /^```(.*)$/.exec(text) ?? []
    if (info === undefined) open?.lines.push(text)
    else if (!open) open = { info, line: at + 1, lines: [] }
    else {
      close(open, blocks)
      open = undefined
    }
  }
  if (open) throw new Error(`The fence of line ${open.line} does not end.`)
  return blocks
}

function close({ info, line, lines }: { info: string; line: number; lines: string[] }, blocks: Block[]): void {
  const fence = languageOf(info)
  const text = lines.join('\n')
  if (!fence.isOutput) blocks.push({ fence, code: text, line, output: undefined })
  else {
    const last = blocks.at(-1)
    if (!last || last.output) throw new Error(`Line ${line}: there is no code before what it is to print.`)
    last.output = { language: fence.language, text, line }
  }
}
