import type { Ref } from 'react'
import { Button } from '../../ui/button.tsx'

/** The way to the authenticators in software, and whether they answer. */
export function SoftwareLine({
  names,
  opener,
  onOpen,
}: {
  names: readonly string[] | undefined
  opener: Ref<HTMLButtonElement>
  onOpen: () => void
}) {
  return (
    <div className="mt-3 flex items-center justify-between gap-3 border-line border-t pt-3">
      <Button ref={opener} look="quiet" aria-haspopup="dialog" aria-describedby="software-state" onClick={onOpen}>
        Software authenticator
      </Button>
      <span id="software-state" className={`text-[13px] ${names ? 'font-semibold text-warn' : 'text-faint'}`}>
        {names ? 'on' : 'off'}
      </span>
    </div>
  )
}
