import type { Dispatch } from 'react'
import { Late } from '../ui/late.tsx'
import type { Action } from './reduce.ts'
import type { DemoKey } from './setup/demo-key.ts'
import type { RunRecord, State } from './state.ts'

const loadShortcuts = () => import('./shortcuts/shortcuts-help.tsx')
const loadImport = () => import('./runs/import-dialog.tsx')
const loadStage = () => import('./present/present-stage.tsx')

/** What can be opened over the page: the list of shortcuts, the import of a run, or a run on a stage. */
export type Over = 'help' | 'import' | RunRecord

interface Props {
  over: Over
  state: State
  dispatch: Dispatch<Action>
  demoKeys: readonly DemoKey[]
  baseUrl: string
  onClose: () => void
}

/** Draws it; the code of each comes when it is first opened. */
export function OpenedOver({ over, dispatch, onClose, ...page }: Props) {
  if (over === 'help')
    return (
      <Late load={loadShortcuts} waiting={null}>
        {({ ShortcutsHelp }) => <ShortcutsHelp onClose={onClose} />}
      </Late>
    )
  if (over === 'import')
    return (
      <Late load={loadImport} waiting={null}>
        {({ ImportDialog }) => (
          <ImportDialog onImport={(record) => dispatch({ type: 'imported', record })} onClose={onClose} />
        )}
      </Late>
    )
  return (
    <Late load={loadStage} waiting={null}>
      {({ PresentStage }) => <PresentStage record={over} {...page} onClose={onClose} />}
    </Late>
  )
}

/** Brings the example's two runs into an empty page, or says why there is none. */
export async function showExample(dispatch: Dispatch<Action>): Promise<void> {
  try {
    const { exampleRuns } = await import('./present/example-runs.ts')
    const runs = await exampleRuns(location.origin)
    dispatch({ type: 'restored', runs, opened: 2, tab: 'ceremony', ignored: [] })
  } catch {
    const note = isSecureContext
      ? 'Its code did not come: check the connection, and that the server runs, then press again.'
      : 'Browsers give Web Crypto, which it is made with, to pages with https or on localhost only: open this page there.'
    dispatch({ type: 'noticed', notice: { title: 'There is no example.', note } })
  }
}
