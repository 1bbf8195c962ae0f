import type { ReactNode } from 'react'
import type { CeremonyTotals, ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import { successRate } from '#lib/contract/success-rate.ts'
import { type ChangeWords, countChange, rateChange } from '../../change-words.ts'
import { counted, number, pointLabel } from '../usage-numbers.ts'

/** The range in four figures, each beside the one of the range before. */
export function CeremonyTiles({ ceremonies }: { ceremonies: ConsoleCeremonies }) {
  const { signIns, registrations, answerTimes } = ceremonies
  const before = isComparable(ceremonies)
  const took = answerTimes.find(({ operation }) => operation === 'passkeys.authenticate.finish')
  const rate = successRate(signIns.totals)
  const count = (now: CeremonyTotals, then: CeremonyTotals) =>
    before ? countChange(now.ok, then.ok) : { arrow: '=' as const, words: 'nothing before to compare with' }
  return (
    <div>
      <section aria-label="Figures" className="overflow-hidden rounded-card border border-line bg-line shadow-lift">
        <dl className="grid grid-cols-2 gap-px xl:grid-cols-4">
          <Tile label="Sign-ins" value={number(signIns.totals.ok)}>
            <Change of={count(signIns.totals, signIns.before.totals)} quiet={!before} />
          </Tile>
          <Tile label="Registrations" value={number(registrations.totals.ok)}>
            <Change of={count(registrations.totals, registrations.before.totals)} quiet={!before} />
          </Tile>
          <Tile label="Success rate of sign-ins" value={rate === null ? 'none yet' : percent(rate)}>
            <Change of={before ? rateChange(signIns.totals, signIns.before.totals) : null} judged />
          </Tile>
          <Tile label="Median answer to a sign-in" value={took?.p50 == null ? 'not known' : `${round(took.p50)} ms`}>
            {took?.p95 == null ? 'no answer in the log' : `95 % within ${round(took.p95)} ms`}
          </Tile>
        </dl>
      </section>
      {before ? <p className="mt-1.5 text-[13px] text-faint">{besideWords(ceremonies)}</p> : null}
      <p className="mt-1.5 text-[13px] text-faint">
        Counted through the API and on OAuth’s sign-in pages, not on the users’ own account page. Why those on pages
        were refused, and how long they took, is not in the log: Audit tells the first.
      </p>
    </div>
  )
}

/** With what the figures are compared. */
function besideWords({ from, to, before, step }: ConsoleCeremonies): string {
  const hours = Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000)
  const length =
    hours % 24 === 0
      ? counted(hours / 24, { one: 'day', many: 'days' })
      : counted(hours, { one: 'hour', many: 'hours' })
  return `Beside as much as that, ${length}, from ${pointLabel(before.from, 'day')}${step === 'hour' ? `, ${before.from.slice(11, 16)} UTC` : ''} on: the same weekday.`
}

/** Milliseconds as people read them. */
export function round(milliseconds: number): string {
  return milliseconds.toLocaleString('en', { maximumFractionDigits: milliseconds < 10 ? 1 : 0 })
}

/** A share in per cent: 100 % is all, and nothing less. */
export function percent(share: number): string {
  const shown = Math.floor(share * 1000) / 10
  return `${shown.toLocaleString('en')} %`
}

/** Whether there was anything in the range before. */
function isComparable({ since, before }: ConsoleCeremonies): boolean {
  return since !== null && Date.parse(since) < Date.parse(before.to)
}

interface TileProps {
  label: string
  value: string
  children: ReactNode
}

function Tile({ label, value, children }: TileProps) {
  return (
    <div className="bg-card px-4 py-3.5 sm:px-5">
      <dt className="text-[13px] text-soft">{label}</dt>
      <dd>
        <span className="block font-semibold text-[26px] leading-9 tabular-nums tracking-tight">{value}</span>
        <span className="block text-[13px] text-faint">{children}</span>
      </dd>
    </div>
  )
}

/** How it changed; `judged`: down is bad. */
function Change({ of, judged = false, quiet = false }: { of: ChangeWords | null; judged?: boolean; quiet?: boolean }) {
  if (!of) return 'nothing to compare'
  const tone = judged && of.arrow === '↓' ? 'text-bad' : judged && of.arrow === '↑' ? 'text-ok' : ''
  return (
    <>
      {quiet || of.arrow === '=' ? null : (
        <span aria-hidden="true" className={tone}>
          {of.arrow}{' '}
        </span>
      )}
      {of.words}
    </>
  )
}
