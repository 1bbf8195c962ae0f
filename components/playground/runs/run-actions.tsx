import type { Dispatch, ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { LineIcon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useSaid } from '../../ui/use-said.ts'
import type { Action } from '../reduce.ts'
import { openedRun, type RunRecord, type State } from '../state.ts'
import { codeForms, fileForms, type RunForm } from '../take-along/run-forms.ts'
import { addressOf, lackingInAddress } from '../url-state.ts'

// What a run is taken along as is written when it is asked for.
const loadForms = () => import('../take-along/take-along.ts')

const drawings = {
  compare: 'M3 4h4v8H3zM9 4h4v8H9z',
  back: 'M7 4 3 8l4 4M3 8h10',
  present: 'M2.5 3h11v7h-11zM8 10v3M5.5 13.5h5',
  share: 'M8 9.5V2.5M5.5 5 8 2.5 10.5 5M4 7.5H3v6h10v-6h-1',
} as const

interface Props {
  state: State
  dispatch: Dispatch<Action>
  /** The run on show, where it stands alone: there is nothing to compare it with. */
  children: ReactNode
  baseUrl: string
  onImport: () => void
  onPresent: (record: RunRecord) => void
  onShortcuts: () => void
  onStartOver: () => void
}

/** The run list's head: how many there are, and what can be done with them. */
export function RunActions({ state, dispatch, children, baseUrl, onPresent, onImport, ...on }: Props) {
  const { onShortcuts, onStartOver } = on
  const { runs, picked, comparing } = state
  const [said, say] = useSaid()
  const record = openedRun(state)

  function compare() {
    if (picked.length === 2) return dispatch({ type: 'compared', comparing: !comparing })
    say(picked.length ? 'Check one more run to compare it with.' : 'Check two runs to compare.')
  }

  async function share() {
    const copied = await copyText(addressOf(state, location.href))
    const lacking = lackingInAddress(state)
    say(
      copied
        ? ['The address is copied. No key is in it.', lacking].filter(Boolean).join(' ')
        : 'The browser copied nothing: take the address from its bar.',
    )
  }

  const ended = record && record.run.status !== 'working' ? record : undefined
  const here = () => ({ server: baseUrl, browser: navigator.userAgent })

  async function save(form: string, of: RunRecord) {
    const forms = await loadForms().catch(() => undefined)
    say(forms ? (forms.saveRun(form as (typeof fileForms)[number]['id'], of, here()) ?? '') : unloaded)
  }

  async function copyAs(form: string, of: RunRecord) {
    const forms = await loadForms().catch(() => undefined)
    if (!forms) return say(unloaded)
    const written = forms.runAs(form as RunForm, of, here())
    if (typeof written !== 'string') return say(written.lacking)
    say((await copyText(written)) ? 'Copied. No key is in it.' : 'The browser copied nothing.')
  }

  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 py-1.5 pr-3 pl-4">
      <h2 className="font-semibold text-[14px]">Runs</h2>
      {children}
      <output className="min-w-0 flex-1 text-[13px] text-soft">
        {said || (runs.length > 1 ? `${runs.length} in this tab` : undefined)}
      </output>
      <div className="ml-auto flex flex-wrap justify-end gap-1.5 max-sm:[&_svg]:hidden">
        {children ? null : (
          <Button look="small" className={picked.length === 2 && !comparing ? ready : ''} onClick={compare}>
            <LineIcon d={comparing ? drawings.back : drawings.compare} className="size-3.5" />
            {comparing ? 'Back to the result' : 'Compare'}
          </Button>
        )}
        {ended ? (
          <>
            <Button look="small" aria-keyshortcuts="v" onClick={() => onPresent(ended)}>
              <LineIcon d={drawings.present} className="size-3.5" />
              Present
            </Button>
            <Menu
              label="Copy as…"
              of="run"
              look="small"
              align="right"
              items={codeForms}
              onPick={(form) => copyAs(form, ended)}
            />
            <Menu label="Export" look="small" align="right" items={fileForms} onPick={(form) => save(form, ended)} />
          </>
        ) : null}
        <Button look="small" onClick={onImport}>
          Import
        </Button>
        <Button look="small" onClick={share}>
          <LineIcon d={drawings.share} className="size-3.5" />
          Share
        </Button>
        <Button look="small" onClick={onStartOver}>
          Start over
        </Button>
        <Button
          look="small"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts"
          className="max-sm:hidden"
          onClick={onShortcuts}
        >
          ?
        </Button>
      </div>
    </div>
  )
}

const unloaded = 'What writes it could not be loaded: the server did not answer with its code.'
const ready = 'border-accent! bg-accent! text-accent-ink! hover:brightness-110'
