import { ceremonyBySdk, ceremonyBySimpleWebAuthn } from '../../snippets/ceremony-snippets.ts'
import {
  wholeCeremonyByCurl,
  wholeCeremonyByFetch,
  wholeCeremonyByPython,
} from '../../snippets/whole-ceremony-snippets.ts'
import { fileName, type Place, runFile, saveFile } from '../runs/run-file.ts'
import type { RunRecord } from '../state.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { bugReport } from './bug-report.ts'
import { playwrightTest } from './playwright-test.ts'
import { factsOf } from './run-facts.ts'
import type { RunForm } from './run-forms.ts'
import { runHar } from './run-har.ts'

/** A ceremony in one of its forms, without a key or a token; or why it has none in that. */
export function runAs(form: RunForm, record: RunRecord, here: Place): string | { lacking: string } {
  const base = here.server
  switch (form) {
    case 'json':
      return runFile(record, here)
    case 'har':
      return runHar(record, here)
    case 'report':
      return bugReport(record, here)
    case 'playwright': {
      const test = playwrightTest(record, base)
      return typeof test === 'string' ? withoutSecrets(test) : test
    }
    default:
      return withoutSecrets(ceremonies[form](base, factsOf(record)))
  }
}

const ceremonies = {
  curl: wholeCeremonyByCurl,
  fetch: wholeCeremonyByFetch,
  sdk: ceremonyBySdk,
  simplewebauthn: ceremonyBySimpleWebAuthn,
  python: wholeCeremonyByPython,
}

const files = {
  json: ['json', 'application/json'],
  har: ['har', 'application/json'],
  playwright: ['spec.ts', 'text/plain'],
  report: ['md', 'text/markdown'],
} as const

/** Saves a ceremony as a file; where it has none in that form, why. */
export function saveRun(form: keyof typeof files, record: RunRecord, here: Place): string | undefined {
  const written = runAs(form, record, here)
  if (typeof written !== 'string') return written.lacking
  const [ending, type] = files[form]
  saveFile(fileName(record, ending), written, type)
  return undefined
}
