'use client'

import { useState } from 'react'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { presentKeys } from '../present/present-keys.ts'
import { shortcuts } from './shortcuts.ts'
import { shortcutsOn, turnShortcuts } from './shortcuts-on.ts'

/** The list of the page's shortcuts, or of the stage's alone, and the switch that turns them off. */
export function ShortcutsHelp({ stage = false, onClose }: { stage?: boolean; onClose: () => void }) {
  const [on, setOn] = useState(shortcutsOn)
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      <div className="mb-4 border-line border-b pb-3">
        <Checkbox
          role="switch"
          label="Single keys are shortcuts"
          note="Never while you type. Turned off, they stay off in this tab."
          checked={on}
          onToggle={(on) => {
            turnShortcuts(on)
            setOn(on)
          }}
        />
      </div>
      {stage ? null : (
        <>
          <Keys
            rows={shortcuts.map(({ keys, title }) => [
              keys.length > 1 ? `${keys[0]} – ${keys.at(-1)}` : keys[0],
              title,
            ])}
          />
          <h3 className="mt-4 mb-2 font-semibold text-[14px]">In Present</h3>
        </>
      )}
      <Keys rows={[...presentKeys.map(({ shown, title }) => [shown, title]), ['Esc', 'Leave']]} />
    </Dialog>
  )
}

function Keys({ rows }: { rows: readonly (readonly (string | undefined)[])[] }) {
  return (
    <dl className="grid grid-cols-[64px_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2 text-[14px]">
      {rows.map(([keys, title]) => (
        <div key={title} className="col-span-2 grid grid-cols-subgrid items-baseline">
          <dt>
            <kbd className="rounded-md border border-line-strong bg-sunk px-1.5 py-0.5 font-mono text-[12.5px]">
              {keys}
            </kbd>
          </dt>
          <dd>{title}</dd>
        </div>
      ))}
    </dl>
  )
}
