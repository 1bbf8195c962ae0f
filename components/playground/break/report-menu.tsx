import { asJUnit, asMarkdown, type FaultReport } from '#lib/webauthn/faults/report.ts'
import { Menu } from '../../ui/menu.tsx'
import { saveFile } from '../runs/run-file.ts'

interface Props {
  /** Follows “Export” in the accessible name. */
  of: string
  report: () => FaultReport
  /** What the file’s name begins with. */
  name?: string
}

/** Saves what became of the faults as a file, in one of several forms. */
export function ReportMenu({ of, report, name = 'failure-lab' }: Props) {
  return (
    <Menu
      label="Export"
      of={of}
      look="small"
      align="right"
      items={formats}
      onPick={(id) => {
        const format = formats.find((each) => each.id === id)
        if (!format) return
        const made = report()
        saveFile(`${name}-${made.at.slice(0, 16).replace(/\D/g, '-')}.${format.id}`, format.written(made), format.type)
      }}
    />
  )
}

const formats = [
  {
    ...{ id: 'json', label: 'JSON', note: 'For programs', type: 'application/json' },
    written: (report: FaultReport) => `${JSON.stringify(report, null, 2)}\n`,
  },
  { id: 'md', label: 'Markdown', note: 'For an issue', type: 'text/markdown', written: asMarkdown },
  { id: 'xml', label: 'JUnit XML', note: 'For a CI', type: 'application/xml', written: asJUnit },
] as const
