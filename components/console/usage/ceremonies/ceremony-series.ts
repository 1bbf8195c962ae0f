import type { CeremonyFigures, CeremonyUsage } from '#lib/contract/ceremony-figures.ts'
import type { Look } from '../usage-looks.ts'
import type { Series } from '../usage-series.ts'

const looks: Record<string, Look> = {
  'Signed in': { color: 'var(--jwt-signature)', texture: 'solid' },
  Registered: { color: 'var(--jwt-payload)', texture: 'dots' },
  'Sign-in refused': { color: 'var(--bad)', texture: 'diagonal' },
  'Registration refused': { color: 'var(--bad)', texture: 'cross' },
}

/** What became of ceremonies at each point in time, the accepted ones first; what there was none of is left out. */
export function ceremonySeries({ signIns, registrations }: Pick<CeremonyUsage, 'signIns' | 'registrations'>): Series[] {
  const all: [name: string, of: Pick<CeremonyFigures, 'ok' | 'failed' | 'totals'>, what: 'ok' | 'failed'][] = [
    ['Signed in', signIns, 'ok'],
    ['Registered', registrations, 'ok'],
    ['Sign-in refused', signIns, 'failed'],
    ['Registration refused', registrations, 'failed'],
  ]
  return all
    .map(([name, of, what]) => ({ name, look: looks[name] as Look, requests: of[what], total: of.totals[what] }))
    .filter(({ total }) => total > 0)
}
