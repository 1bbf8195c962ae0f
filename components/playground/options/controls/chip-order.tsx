'use client'

import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Menu } from '../../../ui/menu.tsx'

type Entry = string | number

interface ChipOrderProps {
  id: string
  /** What the list is called: “Hints”. */
  title: string
  describedBy?: string | undefined
  chosen: readonly Entry[]
  /** What can be added, with what it means. */
  offered: readonly { value: Entry; note: string }[]
  called: (entry: Entry) => string
  onChange: (chosen: Entry[]) => void
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

/**
 * A list with an order. Chips are dragged, or moved by the arrow keys once they have the focus; Delete takes one out. What
 * is not in it yet is in the menu.
 */
export function ChipOrder({ id, title, describedBy, chosen, offered, called, onChange }: ChipOrderProps) {
  const group = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [dragged, setDragged] = useState<Entry>()
  const [focused, setFocused] = useState<Entry>()
  const [said, say] = useState('')

  // An element that is moved loses the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the order
  useLayoutEffect(() => {
    if (focused === undefined) return
    list.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(String(focused))}"]`)?.focus()
  }, [chosen, focused])

  function move(entry: Entry, to: number) {
    if (to < 0 || to >= chosen.length || chosen[to] === entry) return
    const rest = chosen.filter((each) => each !== entry)
    setFocused(entry)
    onChange([...rest.slice(0, to), entry, ...rest.slice(to)])
    say(`${called(entry)} is now ${to + 1} of ${chosen.length}.`)
  }

  function remove(entry: Entry) {
    const at = chosen.indexOf(entry)
    setFocused(chosen[at + 1] ?? chosen[at - 1])
    onChange(chosen.filter((each) => each !== entry))
    say(`${called(entry)} is taken out.`)
  }

  function press(event: KeyboardEvent, entry: Entry) {
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      move(entry, chosen.indexOf(entry) + step)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      remove(entry)
    }
  }

  function grab({ button, pointerId }: PointerEvent, entry: Entry) {
    if (button !== 0) return
    setDragged(entry)
    // Not by the chip: an element that is moved loses the pointer, too.
    group.current?.setPointerCapture(pointerId)
  }

  function drag({ clientX: x, clientY: y }: PointerEvent) {
    if (dragged === undefined) return
    const others = [...(list.current?.children ?? [])].filter((_, at) => chosen[at] !== dragged)
    move(dragged, others.filter((chip) => isPassed(chip.getBoundingClientRect(), x, y)).length)
  }

  const rest = offered.filter(({ value }) => !chosen.includes(value))
  return (
    // biome-ignore lint/a11y/useSemanticElements: the option's own label names it; a fieldset would need a second one
    <div
      ref={group}
      role="group"
      id={id}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onPointerMove={drag}
      onLostPointerCapture={() => setDragged(undefined)}
      className="flex flex-wrap items-center gap-1.5"
    >
      <ul ref={list} className="contents">
        {chosen.map((entry, at) => (
          <li
            key={entry}
            className={`inline-flex items-center whitespace-nowrap rounded-[7px] border bg-card text-[12.5px] ${entry === dragged ? 'border-accent' : 'border-line-strong'}`}
          >
            <button
              type="button"
              data-entry={entry}
              aria-label={`${called(entry)}, ${at + 1} of ${chosen.length}`}
              aria-describedby={`${id}-keys`}
              onFocus={() => setFocused(undefined)}
              onKeyDown={(event) => press(event, entry)}
              onPointerDown={(event) => grab(event, entry)}
              className="inline-flex min-h-6.5 cursor-grab touch-none items-center gap-1 rounded-l-[7px] py-0.5 pr-0.5 pl-1 active:cursor-grabbing"
            >
              <svg aria-hidden="true" viewBox="0 0 8 12" className="size-3 shrink-0 fill-faint">
                <path d="M1 1h2v2H1zM5 1h2v2H5zM1 5h2v2H1zM5 5h2v2H5zM1 9h2v2H1zM5 9h2v2H5z" />
              </svg>
              {called(entry)}
            </button>
            <button
              type="button"
              tabIndex={-1}
              aria-label={`Remove ${called(entry)} from ${title}`}
              onClick={() => remove(entry)}
              className="grid min-h-6.5 w-6 cursor-pointer place-items-center rounded-r-[7px] text-faint hover:text-ink"
            >
              <Icon name="cross" className="size-3" />
            </button>
          </li>
        ))}
      </ul>
      {rest.length ? (
        <Menu
          label="Add"
          of={`to ${title}`}
          items={rest.map(({ value, note }) => ({ id: String(value), label: called(value), note }))}
          onPick={(picked) => {
            const entry = rest.find(({ value }) => String(value) === picked)?.value
            if (entry === undefined) return
            onChange([...chosen, entry])
            say(`${called(entry)} is ${chosen.length + 1} of ${chosen.length + 1}.`)
          }}
        />
      ) : null}
      <span id={`${id}-keys`} className="sr-only">
        Arrow keys move it, Delete takes it out.
      </span>
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
    </div>
  )
}

/** Whether a point has passed half of a chip, as its list is read. It has still, once the chip made room for another. */
function isPassed({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return bottom < y || (top <= y && (left + right) / 2 < x)
}
