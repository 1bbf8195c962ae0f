import type { Imported, RunRecord } from '../state.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { type KeptRun, keptOf } from './kept-run.ts'

/** A ceremony as a file: `run` is what `recordFrom` reads. A change of shape that an older page cannot read has another version. */
export interface RunFile {
  format: typeof runFormat
  version: typeof runVersion
  /** The BASE_URL of the server, and the browser’s user agent; both absent in files of older pages. */
  server?: string
  browser?: string
  run: KeptRun
}

export const runFormat = 'webauthn-playground/run'
export const runVersion = 1

/** Where a ceremony took place: here, or where its file says. */
export interface Place {
  server: string
  browser: string
}

/** Where a ceremony took place, as far as that is known. */
export function standsAt({ imported }: RunRecord, here: Place): Place {
  return imported ? { server: imported.server ?? here.server, browser: imported.browser ?? 'not told' } : here
}

/** A ceremony as its file’s text, without a key, a token or anything else secret. One that was imported gives its file again. */
export function runFile(record: RunRecord, here: Place): string {
  const { imported } = record
  const { server, browser }: Omit<Imported, 'number'> = imported ?? here
  const file: RunFile = {
    ...{ format: runFormat, version: runVersion },
    ...(server === undefined ? {} : { server }),
    ...(browser === undefined ? {} : { browser }),
    run: keptOf({ ...record, number: imported?.number ?? record.number }),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** What a file of a ceremony is called: `run-6-registration-ada.json`. A key that was taken for a username is not in it. */
export function fileName({ number, run, of, imported }: RunRecord, ending: string): string {
  const who = nameOf(of.username ?? '', 64)
  return `${['run', imported?.number ?? number, run.kind, who].filter(Boolean).join('-')}.${ending}`
}

/** A username as what names something: letters, digits and hyphens, so many at most, and no key that was taken for it. */
export function nameOf(username: string, most: number): string {
  // A file from elsewhere may have any: the rest of a long one is not looked at.
  return withoutSecrets(username.slice(0, 1_000))
    .replace(/[^\w-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, most)
}

/** Hands a file to the person. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
