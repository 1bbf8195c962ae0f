'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

export interface Tab {
  id: string
  label: string
  /** Follows the label, in the accessible name too: “Checks 22”. While it is undefined its room is kept: no tab moves when it comes. */
  count?: number | undefined
  content: ReactNode
}

interface Props {
  tabs: readonly Tab[]
  selected: string
  onSelect: (id: string) => void
  /** The accessible name of the tab list. */
  label: string
}

/**
 * Tabs with one tab stop: arrows, Home and End move and select.
 *
 * They stand in one row, which scrolls where it must; on a phone seven or more stand in two. Every panel stays mounted, so what a person opened in one is still
 * open when they come back.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function Tabs({ tabs, selected, onSelect, label }: Props) {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)

  function move(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.id === selected)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs.at(to % tabs.length)
    if (!next) return
    event.preventDefault()
    onSelect(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }

  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="flex gap-x-5 overflow-x-auto px-3 has-[>:nth-child(4)]:justify-between has-[>:nth-child(4)]:gap-x-1 has-[>:nth-child(7)]:gap-x-3 shadow-[inset_0_-1px_var(--line)] [scrollbar-width:none] has-[>:nth-child(7)]:flex-wrap has-[>:nth-child(7)]:justify-start sm:flex-nowrap! sm:justify-start! sm:gap-x-6! sm:px-5"
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}-tab`}
            data-tab={tab.id}
            aria-selected={tab.id === selected}
            aria-controls={`${base}-${tab.id}-panel`}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => onSelect(tab.id)}
            onKeyDown={move}
            className="flex shrink-0 cursor-pointer items-center gap-x-1 whitespace-pre border-transparent border-b-2 pt-3.5 pb-3 font-medium text-[13px] text-soft transition-colors hover:text-ink aria-selected:border-ink aria-selected:text-ink focus-visible:-outline-offset-2 sm:gap-x-1.5 sm:text-[15px]"
          >
            {tab.label}
            {tab.count !== undefined && <span className="sr-only"> </span>}
            {'count' in tab && (
              <span
                className={`rounded-full bg-sunk px-1.25 py-px text-center font-normal text-soft text-xs tabular-nums max-[430px]:sr-only min-[431px]:min-w-[calc(2ch+0.625rem)] sm:min-w-[calc(2ch+1rem)] sm:px-2 ${tab.count === undefined ? 'invisible' : ''}`}
              >
                {tab.count}
              </span>
            )}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${base}-${tab.id}-panel`}
          aria-labelledby={`${base}-${tab.id}-tab`}
          hidden={tab.id !== selected}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that begins with text is a tab stop of the pattern.
          tabIndex={0}
          className="rounded-b-card p-4 sm:p-5"
        >
          {tab.content}
        </div>
      ))}
    </>
  )
}
