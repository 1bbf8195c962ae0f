import type { AuditEvent } from '#lib/contract/audit.ts'
import { zoneOf } from '../../ui/relative-time.ts'
import { AuditLine } from './audit-line.tsx'
import type { AuditWords } from './audit-words.ts'

/** Events under the days (the reader's own) on which they happened. */
export function AuditDays({ events, words }: { events: readonly AuditEvent[]; words: AuditWords }) {
  const days = Object.entries(Object.groupBy(events, ({ at }) => new Date(at).toDateString()))
  return (
    <div className="space-y-5">
      {days.map(([day, ofDay = []]) => (
        <section key={day} aria-label={dayName(day)}>
          <h2 className="mb-2 font-semibold text-[13px] text-soft">
            {dayName(day)} <span className="font-normal">{zoneOf(Date.parse(ofDay[0]?.at ?? day))}</span>
          </h2>
          <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-card shadow-lift">
            {ofDay.map((event) => (
              <AuditLine key={event.id} event={event} words={words} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function dayName(day: string): string {
  const date = new Date(day)
  const yesterday = new Date()
  yesterday.setDate(yesterday.getDate() - 1)
  const said = date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  if (day === new Date().toDateString()) return `Today, ${said}`
  return day === yesterday.toDateString() ? `Yesterday, ${said}` : said
}
