import type { AskedRow, AskedVerdict } from '#lib/webauthn/asked/index.ts'

const words: readonly [verdicts: readonly AskedVerdict[], word: string][] = [
  [['honoured'], 'honoured'],
  [['ignored by the browser', 'ignored by the authenticator'], 'ignored'],
  [['changed by the server'], 'changed'],
  [['refused by the browser'], 'refused'],
  [['contradicted'], 'contradicted'],
  [['cannot be told'], 'cannot be told'],
]

/** “9 asked: 6 honoured, 2 ignored, 1 changed”. */
export function summaryOf(rows: readonly AskedRow[]): string {
  const parts = words.flatMap(([verdicts, word]) => {
    const number = rows.filter(({ verdict }) => verdicts.includes(verdict)).length
    return number ? [`${number} ${word}`] : []
  })
  return `${rows.length} asked: ${parts.join(', ')}`
}

/** Whether something did not become what was asked for, as far as anything tells. */
export function notAsAsked({ verdict }: AskedRow): boolean {
  return verdict !== 'honoured' && verdict !== 'cannot be told'
}

/** The rows as a table in Markdown. */
export function asMarkdown(rows: readonly AskedRow[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [
    line(['Member', 'Asked', 'Got', 'Verdict', 'Why']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map(({ path, asked, got, verdict, why }) => line([path, asked, got, verdict, why])),
  ].join('\n')
}
