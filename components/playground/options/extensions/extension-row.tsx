import type { ReactNode } from 'react'
import { Breakable } from '../../../ui/breakable.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { Mistake } from '../mistake.ts'

interface ExtensionRowProps {
  id: string
  /** The extension's identifier. */
  name: string
  note: string
  /** In which ceremony, for the switch’s name. */
  of: string
  on: boolean
  mistake?: unknown
  onToggle: (on: boolean) => void
  /** Its inputs, while it is on. */
  children?: ReactNode
  /** What stands at the end of the line. */
  aside?: ReactNode
}

/** One extension: a switch, which sends it or leaves it out, and what it takes. */
export function ExtensionRow({ id, name, note, of, on, mistake, onToggle, children, aside }: ExtensionRowProps) {
  return (
    <li data-option={id} className="border-line/70 py-1.5 not-first:border-t">
      <div className="flex min-h-6 items-center gap-2.5 text-[13px]">
        <Toggle label={`${name} ${of}`} describedBy={`${id}-note`} checked={on} onToggle={onToggle} />
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
          <span className={`min-w-24 font-mono text-[12.5px] ${on ? '' : 'text-soft'}`}>
            <Breakable text={name} />
          </span>
          <span id={`${id}-note`} className="min-w-40 flex-1 text-[12.5px] text-faint leading-tight">
            {note}
          </span>
        </span>
        {aside ? <span className="ml-auto">{aside}</span> : null}
      </div>
      {on && children ? <div className="mt-1.5 space-y-1.5 pl-9.5">{children}</div> : null}
      {mistake instanceof Mistake ? (
        <p id={`${id}-error`} className="mt-1 pl-9.5 text-[12.5px] text-bad wrap-anywhere">
          {mistake.words}
        </p>
      ) : null}
    </li>
  )
}
