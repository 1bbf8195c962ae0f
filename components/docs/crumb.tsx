import { Icon } from '../ui/icon.tsx'

/** Where a page is. */
export function Crumb({ title }: { title: string }) {
  return (
    <p className="flex items-center gap-1.5 text-[13px] text-faint">
      <a href="/docs/start" className="underline-offset-3 hover:underline">
        Docs
      </a>
      <Icon name="chevron" className="size-4 -rotate-90" />
      {title}
    </p>
  )
}
