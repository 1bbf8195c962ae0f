import Link from 'next/link'
import { Icon } from '../ui/icon.tsx'

/** The way back from one thing to the list that it is in. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex items-center gap-1 rounded-md py-1 text-[14px] text-soft hover:text-ink"
    >
      <Icon name="chevron" className="size-4 rotate-90" />
      {children}
    </Link>
  )
}
