import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import type { PresentAct } from './present-keys.ts'
import { type Presented, speeds } from './present-state.ts'
import { sized } from './sized.ts'

interface Props extends Omit<Presented, 'beside'> {
  /** Both ceremonies of the user can be told as one story. */
  canTell: boolean
  /** A phone in the room can be given what is set. */
  canHand: boolean
  /** Which tenant stands beside. */
  beside: string
  besideOn: boolean
  onAct: (act: PresentAct | 'speed') => void
  onLeave: () => void
}

/** The line of keys, each of which can be pressed here, too. */
export function PresentFoot({
  playing,
  speed,
  bytes,
  whole,
  canTell,
  canHand,
  beside,
  besideOn,
  onAct,
  onLeave,
}: Props) {
  return (
    <footer
      className="flex flex-wrap items-center border-line border-t bg-card xl:flex-nowrap"
      style={{ ...sized({ padding: [12, 48, 14] }), gap: 'max(2px, calc(3 * var(--u)))' }}
    >
      <Key cap="→" onPress={() => onAct('next')}>
        next
      </Key>
      <Key cap="←" onPress={() => onAct('back')}>
        back
      </Key>
      <Key cap="B" on={bytes} onPress={() => onAct('bytes')}>
        bytes
      </Key>
      <Key cap="P" on={playing} onPress={() => onAct('play')}>
        play
      </Key>
      <Key cap="− +" onPress={() => onAct('speed')}>
        speed {speeds[speed]}×
      </Key>
      <Key cap="2" on={besideOn} onPress={() => onAct('beside')}>
        <span className="max-w-[10em] truncate">beside {beside}</span>
      </Key>
      {canHand ? (
        <Key cap="Q" onPress={() => onAct('room')}>
          QR for the room
        </Key>
      ) : null}
      {canTell ? (
        <Key cap="S" on={whole} onPress={() => onAct('story')}>
          both
        </Key>
      ) : null}
      <Key cap="F" onPress={() => onAct('full')}>
        full
      </Key>
      <Key cap="?" onPress={() => onAct('keys')}>
        <span className="sr-only">keys</span>
      </Key>
      <span
        className="ml-auto inline-flex items-center gap-1.5 whitespace-nowrap text-soft max-sm:hidden"
        style={{ fontSize: 'max(12px, calc(17 * var(--u)))' }}
      >
        <Icon name="key" className="size-[1em]" />
        key hidden
      </span>
      <Key cap="Esc" onPress={onLeave}>
        leave
      </Key>
    </footer>
  )
}

interface KeyProps {
  cap: string
  /** Of what can be switched on. */
  on?: boolean
  onPress: () => void
  children: ReactNode
}

function Key({ cap, on, onPress, children }: KeyProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={`inline-flex min-h-6 cursor-pointer items-center gap-[0.4em] whitespace-nowrap rounded-lg px-1.5 py-1 hover:bg-sunk hover:text-ink ${on ? 'text-accent' : 'text-soft'}`}
      style={{ fontSize: 'max(12px, calc(17 * var(--u)))' }}
    >
      <span
        aria-hidden="true"
        className={`rounded-md border-[1.5px] px-[0.5em] py-[0.1em] font-medium font-sans ${on ? 'border-accent bg-accent-wash text-accent' : 'border-line-strong text-ink'}`}
      >
        {cap}
      </span>
      {children}
    </button>
  )
}
