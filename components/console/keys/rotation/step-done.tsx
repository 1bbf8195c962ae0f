import Link from 'next/link'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { linkButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'

/** The end: the new key works, the old one does not. */
export function StepDone({ item, successor }: { item: ConsoleKey; successor: ConsoleKey }) {
  return (
    <section
      aria-labelledby="done-title"
      className="rounded-card border border-line bg-card px-5 py-8 text-center shadow-lift"
    >
      <span aria-hidden="true" className="mx-auto grid size-10 place-items-center rounded-full bg-ok text-card">
        <Icon name="check" className="size-5 stroke-2" />
      </span>
      <h2 id="done-title" className="mt-3 font-semibold text-[20px] tracking-tight">
        The key is rotated
      </h2>
      <p className="mx-auto mt-1 max-w-[52ch] text-balance text-soft">
        The new key is in use. The old one is {item.status === 'revoked' ? 'revoked' : 'expired'} and opens nothing any
        more. You will be reminded again in 90 days.
      </p>
      <Link href={`/console/keys/${successor.id}`} prefetch={false} className={`mt-5 ${linkButton}`}>
        Show the new key
      </Link>
    </section>
  )
}
