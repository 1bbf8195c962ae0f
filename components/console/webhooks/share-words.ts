import type { WebhookFigures } from '#lib/contract/webhooks.ts'

export interface Share {
  /** “98.8 %”; “–” where nothing was told. */
  percent: string
  delivered: number
  deliveries: number
}

/** What share of the last 24 hours' deliveries arrived. Only all of them is 100 %. */
export function shareOf({ hours }: Pick<WebhookFigures, 'hours'>): Share {
  const sum = (of: (hour: WebhookFigures['hours'][number]) => number) => hours.reduce((all, hour) => all + of(hour), 0)
  const [delivered, deliveries] = [sum((hour) => hour.delivered), sum((hour) => hour.deliveries)]
  if (deliveries === 0) return { percent: '–', delivered, deliveries }
  const share = Math.floor((delivered / deliveries) * 1000) / 10
  return { percent: `${share} %`, delivered, deliveries }
}
