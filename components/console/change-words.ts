import { successRate } from '#lib/contract/success-rate.ts'

/** How a figure compares with the one before: the arrow for the eye, and words that say it without. */
export interface ChangeWords {
  arrow: '↑' | '↓' | '='
  words: string
}

/** A count beside the one before: “↑ 18 % more than 448”. Null where both are nothing. */
export function countChange(now: number, before: number): ChangeWords | null {
  if (now === 0 && before === 0) return null
  if (now === before) return { arrow: '=', words: 'as many as before' }
  if (before === 0) return { arrow: '↑', words: 'there were none before' }
  if (now === 0) return { arrow: '↓', words: `there were ${grouped(before)} before` }
  const percent = (Math.abs(now - before) / before) * 100
  const how = `${grouped(percent, percent < 10 ? 1 : 0)} % ${now > before ? 'more' : 'fewer'}`
  return { arrow: now > before ? '↑' : '↓', words: `${how} than ${grouped(before)}` }
}

/** A success rate beside the one before, in points of a hundred. Null where either is of nothing. */
export function rateChange(now: Parameters<typeof successRate>[0], before: typeof now): ChangeWords | null {
  const [rate, other] = [successRate(now), successRate(before)]
  if (rate === null || other === null) return null
  const points = Math.round((rate - other) * 1000) / 10
  if (points === 0) return { arrow: '=', words: 'as before' }
  const amount = Math.abs(points)
  const how = `${grouped(amount, 1)} ${amount === 1 ? 'point' : 'points'}`
  return { arrow: points > 0 ? '↑' : '↓', words: `${how} ${points > 0 ? 'higher' : 'lower'} than before` }
}

function grouped(value: number, digits = 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}
