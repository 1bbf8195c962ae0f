/** Cents as people read them: “$1,234.50”. */
export function dollars(cents: number): string {
  return (cents / 100).toLocaleString('en', { style: 'currency', currency: 'USD' })
}

/** What something costs: “$0.25”, “Free”. */
export function priceWords({ amount }: { amount: number }): string {
  return amount === 0 ? 'Free' : dollars(amount)
}

/** A change, with its sign: “+$5.00”, “−$5.00”; “–” where there is none. */
export function changeOf(cents: number): string {
  if (cents === 0) return '–'
  return `${cents > 0 ? '+' : '−'}${dollars(Math.abs(cents))}`
}

/** What somebody wrote as an amount, in cents: “25”, “25.5”, “$1,000.00”. Undefined for what is none. */
export function centsOf(text: string): number | undefined {
  const [, whole, part = ''] = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? undefined : Number(whole.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0'))
}
