import type { WebhookFigures } from '#lib/contract/webhooks.ts'
import { shareOf } from './share-words.ts'

const height = 24
const step = 4

/** The last 24 hours as bars, what arrived and above it in red what did not; in words for those who do not see them. */
export function HourBars({ hours }: Pick<WebhookFigures, 'hours'>) {
  const most = Math.max(...hours.map(({ deliveries }) => deliveries), 1)
  const { delivered, deliveries } = shareOf({ hours })
  return (
    <svg
      role="img"
      aria-label={`The last 24 hours, hour by hour: ${delivered} of ${deliveries} arrived.`}
      viewBox={`0 0 ${hours.length * step} ${height}`}
      className="h-6 w-24 shrink-0"
    >
      {hours.map((hour, index) => {
        const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height))
        const [arrived, missed] = [tall(hour.delivered), tall(hour.deliveries - hour.delivered)]
        const bar = { x: index * step + 0.5, width: step - 1 }
        const at = new Date(hour.from).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
        return (
          <g key={hour.from}>
            <title>{`From ${at}: ${hour.delivered} of ${hour.deliveries} arrived`}</title>
            {hour.deliveries === 0 ? (
              <rect {...bar} y={height - 1} height={1} className="fill-line-strong" />
            ) : (
              <>
                <rect {...bar} y={height - arrived} height={arrived} className="fill-soft" />
                <rect
                  {...bar}
                  y={Math.max(0, height - arrived - missed)}
                  height={Math.min(missed, height - arrived)}
                  className="fill-bad"
                />
              </>
            )}
          </g>
        )
      })}
    </svg>
  )
}
