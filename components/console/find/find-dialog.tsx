'use client'

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { relativeTime } from '../../ui/relative-time.ts'
import { useEnvironment } from '../frame/use-environment.ts'
import { useRole } from '../role.tsx'
import { type Entry, entriesOf, entryOf, mayOpen } from './entries.ts'
import { findable } from './findable.ts'
import { FoundEntry } from './found-entry.tsx'
import { noteRecent, recentOf } from './recent.ts'
import { useFound } from './use-found.ts'

interface Props {
  tenantId: string
  /** What was typed before it was there. */
  before: string
  onClose: () => void
}

/**
 * Goes to any page, begins anything, finds what has a name or an id. The field keeps the focus: arrows, Home and End choose,
 * Enter opens what is chosen, of an answer that is under way its first.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function FindDialog({ tenantId, before, onClose }: Props) {
  const environment = useEnvironment()
  const [typed, type] = useState(before)
  const [chosen, choose] = useState<string>()
  const enter = useRef(false)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const text = findable(typed)
  const { data, failed, waiting } = useFound(text ?? '', environment)
  const role = useRole()
  const recent = useMemo(() => recentOf(tenantId).filter((entry) => mayOpen(entry, role)), [tenantId, role])
  const sections = text
    ? grouped([
        ...data.map((item) => entryOf(item, (at) => relativeTime(Date.parse(at), Date.now()))),
        ...entriesOf(text, environment, role),
      ])
    : typed
      ? []
      : [...(recent.length ? [{ title: 'Recent', entries: recent }] : []), ...grouped(entriesOf('', environment, role))]
  const entries = sections.flatMap((section) => section.entries.map((entry) => keyOf(section.title, entry)))
  const active = chosen !== undefined && entries.includes(chosen) ? chosen : entries[0]
  const optionOf = (key: string) => `${id}-${entries.indexOf(key)}`

  // What was entered before the answer came.
  useEffect(() => {
    if (waiting || !enter.current) return
    enter.current = false
    list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.click()
  }, [waiting])
  useEffect(() => {
    if (active) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  function press(event: KeyboardEvent) {
    const at = active ? entries.indexOf(active) : -1
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key]
    if (to !== undefined && entries.length) {
      if ((event.key === 'Home' || event.key === 'End') && typed) return
      event.preventDefault()
      choose(entries.at(to % entries.length))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (waiting && chosen === undefined) enter.current = true
      else list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.click()
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Find"
      head={
        <>
          <input
            role="combobox"
            aria-label="Find a page, a user, a key"
            aria-expanded={entries.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={active === undefined ? undefined : optionOf(active)}
            placeholder="A user, key, client, page or request ID…"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            value={typed}
            onChange={(event) => {
              // A whole key stays in the field no longer than it takes to read its id.
              const { value } = event.target
              type(findable(value) === value.trim() ? value : (findable(value) ?? value))
              choose(undefined)
              enter.current = false
            }}
            onKeyDown={press}
            className="min-w-0 flex-1 bg-transparent py-1 text-[16px] outline-none placeholder:text-faint"
          />
          <Badge tone={environment === 'live' ? 'bad' : 'warn'}>{environment}</Badge>
        </>
      }
    >
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Found" className="p-1.5 empty:hidden">
        {sections.map((section, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of a listbox's options
          <div key={section.title} role="group" aria-labelledby={`${id}-group-${at}`}>
            <div id={`${id}-group-${at}`} className="px-2.5 pt-2 pb-1 font-semibold text-[12.5px] text-faint">
              {section.title}
            </div>
            {section.entries.map((entry) => {
              const key = keyOf(section.title, entry)
              return (
                <FoundEntry
                  key={key}
                  id={optionOf(key)}
                  entry={entry}
                  text={text ?? ''}
                  active={key === active}
                  onPoint={() => choose(key)}
                  onOpen={() => {
                    noteRecent(tenantId, entry)
                    onClose()
                  }}
                />
              )
            })}
          </div>
        ))}
      </div>
      <p role="status" className={entries.length ? 'sr-only' : 'px-5 py-8 text-center text-[14px] text-soft'}>
        {sayOf({ typed, text, waiting, failed, count: entries.length })}
      </p>
      {failed && entries.length ? (
        <p className="border-line border-t px-4 py-2 text-[13px] text-bad">
          The server did not answer: users, keys and clients are missing here. Write on to ask again.
        </p>
      ) : null}
      <p className="border-line border-t px-4 py-2 text-[12.5px] text-faint max-sm:hidden">
        ↑ ↓ choose · ↵ open · Esc close
      </p>
    </Dialog>
  )
}

function sayOf(of: {
  typed: string
  text: string | undefined
  waiting: boolean
  failed: boolean
  count: number
}): string {
  if (of.typed && of.text === undefined)
    return 'This looks like a secret. It is sent nowhere: look for what it belongs to by its name or id.'
  if (of.count) return of.waiting ? '' : `${of.count} found`
  if (of.waiting) return 'Looking.'
  if (of.failed) return 'The server did not answer. Write on to ask again.'
  return 'Nothing of that name here. Users are found by the beginning of their name; keys, OAuth clients, webhook endpoints and MPC keys by any part of their name or id; requests by their whole id; and every page of the Console.'
}

/** In the order of the groups' first entries. */
function grouped(entries: readonly Entry[]): { title: string; entries: Entry[] }[] {
  const sections = new Map<string, Entry[]>()
  for (const entry of entries) sections.set(entry.group, [...(sections.get(entry.group) ?? []), entry])
  return [...sections].map(([title, all]) => ({ title, entries: all }))
}

function keyOf(title: string, { href, name }: Entry): string {
  return `${title} ${href} ${name}`
}
