import Link from 'next/link'
import type { Environment } from '#lib/contract/environment.ts'

const choices = [
  { value: 'test', label: 'Test', look: 'aria-[current=page]:bg-warn-wash aria-[current=page]:text-warn' },
  { value: 'live', label: 'Live', look: 'aria-[current=page]:bg-bad-wash aria-[current=page]:text-bad' },
] as const

interface Props {
  environment: Environment
  /** The address of the same view of an environment. */
  hrefOf: (environment: Environment) => string
  /** Shows it in place; without it, its address is gone to. */
  onSelect?: (environment: Environment) => void
}

/** Which of a tenant's two worlds the page shows. The choice is in the address, so that it can be shared. */
export function EnvironmentSwitch({ environment, hrefOf, onSelect }: Props) {
  return (
    <nav aria-label="Environment" className="inline-flex gap-1 rounded-xl border border-line bg-card p-1">
      {choices.map(({ value, label, look }) => (
        <Link
          key={value}
          href={hrefOf(value)}
          prefetch={false}
          aria-current={environment === value ? 'page' : undefined}
          onNavigate={
            onSelect &&
            ((event) => {
              event.preventDefault()
              if (value !== environment) onSelect(value)
            })
          }
          className={`rounded-lg px-4 py-1.5 font-semibold text-[14px] text-soft leading-5 transition-colors hover:text-ink ${look}`}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
