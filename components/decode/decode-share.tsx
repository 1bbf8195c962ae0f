'use client'

import { useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { toFragment } from './fragment.ts'
import { secretIn } from './secret-in.ts'

/** Puts the text into the page's address, behind the `#`, and the address on the clipboard. */
export function DecodeShare({ text }: { text: string }) {
  const [said, say] = useState('')

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said is of another text.
  useEffect(() => say(''), [text])

  async function share() {
    if (!text) return say('There is nothing to share yet.')
    const secret = secretIn(text)
    if (secret) return say(`${secret} stands in it, and no address may have one: take it out first.`)
    const { origin, pathname } = window.location
    const fragment = await toFragment(text)
    window.history.replaceState(window.history.state, '', `#${fragment}`)
    const link = `${origin}${pathname}#${fragment}`
    const copied = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    )
    const how = fragment.startsWith('z=') ? ', compressed' : ''
    say(
      `${copied ? 'The link is copied' : 'The link is this page’s address'}: the text stands in it behind the #${how}. Browsers never send that part to a server; whoever has the link can read it.`,
    )
  }

  return (
    <>
      <Button look="small" onClick={share}>
        Share
      </Button>
      <p aria-live="polite" className="order-last basis-full text-[13px] text-soft empty:hidden">
        {said}
      </p>
    </>
  )
}
