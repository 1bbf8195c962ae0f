'use client'

import { useEffect, useRef, useState } from 'react'
import { TextField } from '../ui/field.tsx'

interface Props {
  id: string
  /** What it is looked for in. */
  hint: string
  text: string
  onSearch: (text: string) => void
  className?: string
}

/** The text that is looked for; asked once the person pauses. */
export function SearchField({ id, hint, text, onSearch, className }: Props) {
  const [typed, type] = useState(text)
  const sent = useRef(text)
  const search = useRef(onSearch)
  search.current = onSearch

  // The address may change by itself: with Back, or when all filters are taken away.
  useEffect(() => {
    if (text === sent.current) return
    sent.current = text
    type(text)
  }, [text])

  useEffect(() => {
    if (typed === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed
      search.current(typed)
    }, 250)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <TextField
      id={id}
      label="Search"
      hint={hint}
      words
      maxLength={64}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => type(event.target.value)}
      {...(className ? { className } : {})}
    />
  )
}
