'use client'

import { useEffect, useLayoutEffect, useRef } from 'react'
import { changeOf, type Field, isText } from './change-of.ts'

/** Stands last in every page: once the page listens, it hears what was written, chosen and pressed before. */
export function ReleasePresses() {
  const chosen = useRef<(() => void)[]>([])
  useLayoutEffect(() => {
    if (!window.early || window.early.read) return
    window.early.read = true
    for (const field of document.querySelectorAll<Field>('input, textarea, select')) {
      const tell = changeOf(field)
      // Text before the next letter can come, and once React is done with this drawing: it would undo what it hears in it.
      if (tell && isText(field)) queueMicrotask(tell)
      else if (tell) chosen.current.push(tell)
    }
  }, [])
  useEffect(() => {
    // After the first effects of the page and of its router, which goes by the address that a choice may change.
    const timer = setTimeout(() => release(chosen.current))
    return () => clearTimeout(timer)
  }, [])
  return null
}

/** One after the other, each drawn before the next; what is pressed meanwhile takes its place behind them. */
async function release(chosen: (() => void)[]) {
  const { early } = window
  await early?.until
  for (const tell of chosen.splice(0)) {
    tell()
    await drawn()
  }
  for (let press = early?.presses.shift(); press; press = early?.presses.shift()) {
    const { type, target } = press
    const { constructor: Kind } = press as Event & { constructor: typeof Event }
    if (target instanceof Node && target.isConnected) target.dispatchEvent(new Kind(type, press))
    await drawn()
  }
  early?.end()
}

function drawn() {
  return new Promise((resolve) => setTimeout(resolve))
}
