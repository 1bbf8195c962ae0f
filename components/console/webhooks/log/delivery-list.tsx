import { type KeyboardEvent, useRef } from 'react'
import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { DeliveryLine } from './delivery-line.tsx'

interface Props {
  deliveries: readonly DeliveryView[]
  /** Whether their endpoint is on. */
  enabled: boolean
  /** The id of the one that is open, and of what it opened. */
  opened: string | undefined
  controls: string
  onOpen: (id: string) => void
}

/** The lines of a log. Tab, or the arrows, Home and End, move between them; Enter opens one. */
export function DeliveryList({ deliveries, enabled, opened, controls, onOpen }: Props) {
  const list = useRef<HTMLUListElement>(null)

  function move(event: KeyboardEvent) {
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-delivery]') ?? [])]
    const at = lines.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key]
    const next = to === undefined ? undefined : lines[to]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <ul ref={list} aria-label="Deliveries" onKeyDown={move} className="divide-y divide-line">
      {deliveries.map((delivery) => (
        <DeliveryLine
          key={delivery.id}
          delivery={delivery}
          enabled={enabled}
          open={delivery.id === opened}
          controls={controls}
          onOpen={() => onOpen(delivery.id)}
        />
      ))}
    </ul>
  )
}
