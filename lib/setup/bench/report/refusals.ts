import { asked, type Refusals } from '../refusals.ts'
import { figure, table } from './figure.ts'

/** How long each kind of key is answered in, side by side. */
export function refusalsReport(refusals: Refusals): string[] {
  const refused = [refusals['wrong id'], refusals['wrong secret'], refusals['revoked key']].map(({ median }) => median)
  const apart = (Math.max(...refused) - Math.min(...refused)) * 1000
  return [
    'Refused keys: how long GET /v1/tenant takes, live environment, one address, npm start:',
    '',
    ...table([
      ['', 'median ms', 'middle half ms', 'answer'],
      ...Object.entries(refusals).map(([kind, { median, from, to, status }]) => [
        kind,
        median.toFixed(3),
        `${from.toFixed(3)}–${to.toFixed(3)}`,
        String(status),
      ]),
    ]),
    '',
    `  The medians of the three refusals lie ${figure(apart)} µs apart. Their bodies are the same but for the request id.`,
    `  One request at a time, ${asked} of each kind, in random order.`,
  ]
}
