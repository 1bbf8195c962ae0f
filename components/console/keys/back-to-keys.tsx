import Link from 'next/link'
import type { Environment } from '#lib/contract/environment.ts'
import { Icon } from '../../ui/icon.tsx'

/** The way back to the list. */
export function BackToKeys({ environment = 'test' }: { environment?: Environment }) {
  return (
    <Link
      href={`/console/keys?environment=${environment}`}
      prefetch={false}
      className="inline-flex items-center gap-1 rounded-md py-1 text-[14px] text-soft hover:text-ink"
    >
      <Icon name="chevron" className="size-4 rotate-90" />
      {environment === 'live' ? 'Live keys' : 'Test keys'}
    </Link>
  )
}
