import { Option } from 'commander'

// What the commands share.

export const json = () => new Option('--json', 'print one JSON document')
export const tenant = () => new Option('--tenant <slug>', 'the tenant').makeOptionMandatory()

/** The code of a CommanderError whose command has printed its answer: it sets the exit code and no more. */
export const said = 'admin.said'

/** Words separated by spaces or commas. */
export const words = (text: string) => text.split(/[\s,]+/).filter(Boolean)

/** A whole number; NaN, which every schema refuses, for what is none. */
export const whole = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN)

/** The outcome: as JSON for scripts, in words for people. */
export function print(asJson: boolean | undefined, document: object, text: string): void {
  console.log(asJson ? JSON.stringify(document) : text)
}

export function table(rows: string[][], empty: string): string {
  return rows.length === 0 ? empty : rows.map((row) => row.join('  ')).join('\n')
}
