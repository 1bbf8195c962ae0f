import Link from 'next/link'
import type { FrameView } from '#lib/contract/console-frame.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { LineIcon } from '../../ui/icon.tsx'
import { besides, type ConsolePage, inEnvironment } from './pages.ts'

interface Props {
  page: ConsolePage
  /** The address of the page that one is on. */
  current: string | undefined
  environment: Environment
  counts: FrameView | undefined
}

/** A page in the navigation, with how much there is of it, or what is wrong. */
export function NavEntry({ page: { href, label, icon }, current, environment, counts }: Props) {
  const beside = counts && besides(href, counts)
  return (
    <li className="relative">
      <Link
        href={inEnvironment(href, environment)}
        prefetch={false}
        aria-current={current === href ? 'page' : undefined}
        className="flex items-center gap-2.5 rounded-lg px-3 py-1.5 font-medium text-[14px] text-soft leading-5 transition-colors hover:text-ink aria-[current=page]:inset-ring aria-[current=page]:inset-ring-line aria-[current=page]:bg-card aria-[current=page]:text-ink aria-[current=page]:shadow-lift max-lg:aria-[current=page]:bg-sunk"
      >
        <LineIcon d={icon} className="size-[15px]" />
        {label}
      </Link>
      {beside ? (
        <span
          className={`pointer-events-none absolute top-1.5 right-3 text-[12.5px] leading-5 tabular-nums ${beside.bad ? 'font-medium text-bad' : 'text-faint'}`}
        >
          {beside.text}
        </span>
      ) : null}
    </li>
  )
}
