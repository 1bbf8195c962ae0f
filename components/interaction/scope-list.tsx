import { Badge } from '../ui/badge.tsx'
import { Icon, LineIcon } from '../ui/icon.tsx'
import { Toggle } from '../ui/toggle.tsx'
import type { Asked, Line } from './asked.ts'
import { severalPlaces } from './several-places.ts'

interface Props {
  asked: Asked
  /** Names of the scopes that are on. */
  on: readonly string[]
  onSwitch: (scope: string, on: boolean) => void
}

/**
 * What an app asks for, in plain words: what it would know, then, apart, what can cost the user, each with what follows from
 * it. Where some of it was allowed before, what is new is marked; the places are named where that may be the same at another.
 */
export function ScopeList({ asked, on, onSwitch }: Props) {
  const { light, heavy, marked } = asked
  const placed = marked || severalPlaces([...light, ...heavy])
  const rowOf = (line: Line) => (
    <Row
      key={`${line.scope} ${line.at}`}
      line={line}
      on={on.includes(line.scope)}
      isNew={marked && line.state !== 'allowed'}
      placed={placed}
      onSwitch={(on) => onSwitch(line.scope, on)}
    />
  )
  return (
    <>
      {light.length > 0 ? (
        <ul aria-label="What it asks for" className="divide-y divide-line border-line border-y">
          {light.map(rowOf)}
        </ul>
      ) : null}
      {heavy.length > 0 ? (
        <div className="mt-3 overflow-hidden rounded-xl border border-[color-mix(in_srgb,var(--warn)_38%,var(--line))]">
          <p className="flex items-center gap-2 bg-warn-wash px-3 py-2 font-semibold text-[13px] text-warn">
            <Icon name="warning" />
            {heavyWords(heavy)}
          </p>
          <ul aria-label="What it could do in your name" className="divide-y divide-line px-3">
            {heavy.map(rowOf)}
          </ul>
        </div>
      ) : null}
    </>
  )
}

interface RowProps {
  line: Line
  on: boolean
  isNew: boolean
  placed: boolean
  onSwitch: (on: boolean) => void
}

function Row({ line: { scope, words, at, state, follows, note }, on, isNew, placed, onSwitch }: RowProps) {
  const noted = `about-${scope.replace(':', '-')}-${state}`
  const off = state === 'optional' && !on
  return (
    <li title={scope} className="flex items-start gap-3 py-2.5">
      <LineIcon d={drawings[scope] ?? drawings.other} className="mt-0.5 size-4 text-faint" />
      <div className="min-w-0 flex-1">
        <p className={`leading-5 ${follows ? 'font-semibold' : ''} ${off ? 'text-faint' : ''}`}>
          {words}
          {placed && at ? <span className="font-normal text-soft"> {at}</span> : null}
        </p>
        {note ? (
          <p id={noted} className="mt-0.5 text-[13px] text-soft leading-[18px]">
            {off && follows ? 'Off. ' : null}
            {note}
          </p>
        ) : null}
      </div>
      {isNew ? <Badge>new</Badge> : null}
      {state === 'optional' ? (
        <Toggle label={words} describedBy={note ? noted : undefined} checked={on} onToggle={onSwitch} />
      ) : (
        <span className="text-[12.5px] text-faint leading-5">{state === 'needed' ? 'needed' : 'allowed before'}</span>
      )}
    </li>
  )
}

/** What the heavy ones have in common. */
function heavyWords(lines: readonly Line[]): string {
  const has = (...names: string[]) => lines.some(({ scope }) => names.includes(scope))
  const does = [
    has('skills:execute') ? 'move money' : null,
    has('mpc:sign', 'mpc:keygen') ? 'act with your keys' : null,
    has('passkeys:manage') ? 'lock you out' : null,
  ].filter((words) => words !== null)
  const last = does.pop()
  return `This can ${does.length > 0 ? `${does.join(', ')} or ${last}` : last}`
}

const drawings: Record<string, string> & { other: string } = {
  openid: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 13.5c.5-2.4 2.6-3.75 5.25-3.75s4.75 1.35 5.25 3.75',
  profile: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 13.5c.5-2.4 2.6-3.75 5.25-3.75s4.75 1.35 5.25 3.75',
  offline_access: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3l2 1.5',
  'skills:execute': 'M2.5 5h11v8h-11zM2.5 5l8-2.5V5M10.5 9h.01',
  'mpc:sign': 'M5.5 13.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7.7 8.3 13.5 2.5M10.7 5.3l2 2',
  'mpc:keygen': 'M5.5 13.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7.7 8.3 13.5 2.5M10.7 5.3l2 2',
  'passkeys:manage':
    'M3 5.5V3h2.5M10.5 3H13v2.5M13 10.5V13h-2.5M5.5 13H3v-2.5M6 6.5v.01M10 6.5v.01M6 9.5c1.2 1 2.8 1 4 0',
  other: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4v.01M2.5 8v.01M2.5 12v.01',
}
