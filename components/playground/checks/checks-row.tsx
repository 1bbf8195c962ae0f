import type { Check } from '#lib/webauthn/checks/check.ts'

const outcomes = {
  pass: { mark: '✓', said: 'Passed', tone: 'text-ok' },
  fail: { mark: '✗', said: 'Failed', tone: 'text-bad' },
  skipped: { mark: '–', said: 'Skipped', tone: 'text-faint' },
} as const

/** One verification step: how it came out, what was expected, what was there, and where the specification says so. */
export function ChecksRow({ check }: { check: Check }) {
  const { mark, said, tone } = outcomes[check.outcome]
  const failed = check.outcome === 'fail'
  return (
    <li
      data-outcome={check.outcome}
      className={`grid grid-cols-subgrid gap-x-3 gap-y-1 border-line border-b last:border-b-0 py-2.5 text-[14px] col-span-full @2xl:items-baseline ${failed ? '-mx-4 bg-bad-wash px-4 sm:-mx-5 sm:px-5' : ''}`}
    >
      <span className={`font-bold ${tone}`}>
        <span aria-hidden="true">{mark}</span>
        <span className="sr-only">{said}: </span>
      </span>
      <span className={failed ? 'font-semibold' : check.outcome === 'skipped' ? 'text-soft' : 'font-medium'}>
        {check.title}
      </span>
      <Value label="expected" value={check.expected} />
      <Value label={check.outcome === 'skipped' ? 'skipped' : 'actual'} value={check.actual} look={check.outcome} />
      <a
        href={check.spec}
        target="_blank"
        rel="noreferrer"
        aria-label={`${check.step ?? 'spec'}: ${check.title}`}
        className="col-start-3 row-start-1 justify-self-end whitespace-nowrap text-[12.5px] text-soft underline decoration-line-strong underline-offset-2 hover:text-ink @2xl:col-start-5"
      >
        {check.step ?? 'spec'}
      </a>
    </li>
  )
}

function Value({ label, value, look = 'pass' }: { label: string; value: string; look?: Check['outcome'] }) {
  const tone = { pass: 'text-soft', fail: 'font-semibold text-bad', skipped: 'text-faint italic' }[look]
  return (
    <span
      className={`col-span-2 col-start-2 grid grid-cols-[64px_minmax(0,1fr)] font-mono text-[12.5px] wrap-anywhere @2xl:col-span-1 @2xl:col-start-auto @2xl:block ${tone}`}
    >
      <span className="font-normal font-sans text-faint @2xl:sr-only">{label} </span>
      <span>{value}</span>
    </span>
  )
}
