import type { RunRecord } from '../state.ts'
import { type KeptRun, keptOf } from './kept-run.ts'

/** A ceremony as a file: `run` is what `recordFrom` reads. A change of shape that an older page cannot read has another version. */
export interface RunFile {
  format: 'webauthn-playground/run'
  version: 1
  run: KeptRun
}

/** A ceremony as its file's text, without a key, a token or anything else secret. */
export function runFile(record: RunRecord): string {
  const file: RunFile = { format: 'webauthn-playground/run', version: 1, run: keptOf(record) }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Hands the file to the person: `run-6-registration-ada.json`. */
export function exportRun(record: RunRecord): void {
  const { number, run, of } = record
  const who = (of.username ?? '').replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '')
  const url = URL.createObjectURL(new Blob([runFile(record)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${['run', number, run.kind, who].filter(Boolean).join('-')}.json`
  link.click()
  URL.revokeObjectURL(url)
}
