import { asJUnit, asMarkdown, type FaultReport } from '#lib/webauthn/faults/report.ts'
import { saveFile } from '../runs/run-file.ts'

/** How a report leaves the page. */
export const reportFormats = [
  { id: 'json', label: 'JSON', note: 'For programs', type: 'application/json' },
  { id: 'md', label: 'Markdown', note: 'For an issue', type: 'text/markdown' },
  { id: 'xml', label: 'JUnit XML', note: 'For a CI', type: 'application/xml' },
] as const

/** Hands the report to the person as a file, whose name begins with `name`. */
export function exportReport(report: FaultReport, format: (typeof reportFormats)[number], name = 'failure-lab'): void {
  const text = {
    json: () => `${JSON.stringify(report, null, 2)}\n`,
    md: () => asMarkdown(report),
    xml: () => asJUnit(report),
  }
  saveFile(`${name}-${report.at.slice(0, 16).replace(/\D/g, '-')}.${format.id}`, text[format.id](), format.type)
}
