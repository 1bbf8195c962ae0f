import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

const tones: Record<'bad' | 'warn' | 'plain', { look: string; icon: IconName; ink: string }> = {
  bad: { look: 'bg-bad-wash', icon: 'warning', ink: 'text-bad' },
  warn: { look: 'bg-warn-wash', icon: 'warning', ink: 'text-warn' },
  plain: { look: 'bg-sunk', icon: 'info', ink: 'text-soft' },
}

interface NoticeProps {
  tone?: keyof typeof tones
  title: string
  children?: ReactNode
}

/** A quiet box that says one thing that matters here. */
export function Notice({ tone = 'plain', title, children }: NoticeProps) {
  const { look, icon, ink } = tones[tone]
  return (
    <div role="note" className={`flex gap-2.5 rounded-xl px-3 py-2.5 text-[13px] ${look}`}>
      <Icon name={icon} className={`mt-0.5 size-4 ${ink}`} />
      <div className="min-w-0">
        <p className={`font-semibold ${ink}`}>{title}</p>
        {children ? <div className="mt-0.5 text-soft">{children}</div> : null}
      </div>
    </div>
  )
}
