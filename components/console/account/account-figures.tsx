import type { ReactNode } from 'react'
import type { AccountView } from '#lib/contract/account.ts'
import { dollars } from '../money.ts'

/** What there is now. */
export function AccountFigures({ of: { balance, reserved, balanceAlert } }: { of: AccountView }) {
  const isLow = balanceAlert !== null && balance.amount + reserved.amount < balanceAlert.amount
  return (
    <section aria-label="Balance" className="overflow-hidden rounded-card border border-line bg-line shadow-lift">
      <dl className="grid grid-cols-2 gap-px sm:grid-cols-3">
        <Figure label="Balance" value={dollars(balance.amount)} tone={isLow ? 'text-bad' : ''} wide>
          can be spent
        </Figure>
        <Figure label="Reserved" value={dollars(reserved.amount)}>
          held for runs under way
        </Figure>
        <Figure label="Alert below" value={balanceAlert ? dollars(balanceAlert.amount) : 'none'}>
          {isLow ? 'the balance is lower' : balanceAlert ? 'the balance is not lower' : 'nobody is told'}
        </Figure>
      </dl>
    </section>
  )
}

interface FigureProps {
  label: string
  value: string
  tone?: string
  wide?: boolean
  children: ReactNode
}

function Figure({ label, value, tone = '', wide = false, children }: FigureProps) {
  return (
    <div className={`bg-card px-4 py-3.5 sm:px-5 ${wide ? 'max-sm:col-span-2' : ''}`}>
      <dt className="text-[13px] text-soft">{label}</dt>
      <dd>
        <span className={`block font-semibold text-[24px] leading-8 tabular-nums tracking-tight ${tone}`}>{value}</span>
        <span className="block text-[13px] text-faint">{children}</span>
      </dd>
    </div>
  )
}
