'use client'

import type { HomeAlert } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { smallLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { relativeTime } from '../../ui/relative-time.ts'
import { inEnvironment } from '../frame/pages.ts'
import { useEnvironment } from '../frame/use-environment.ts'
import { dollars } from '../money.ts'
import { useMay } from '../role.tsx'
import { webhookPath } from '../webhooks/paths.ts'

interface Told {
  bad?: true
  name: string
  words: string
  href: string
  button: string
}

/** What needs somebody, each with its button: who may not mend it is led to where it is looked at. */
export function HomeAlerts({ alerts }: { alerts: readonly HomeAlert[] }) {
  const environment = useEnvironment()
  const may = { build: useMay('developer'), pay: useMay('owner') }
  if (alerts.length === 0) return null
  return (
    <ul aria-label="What needs somebody" className="space-y-2">
      {alerts.map((alert) => {
        const { bad, name, words, href, button } = toldOf(alert, environment, may)
        return (
          <li
            key={`${alert.kind} ${href}`}
            className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border px-3.5 py-2 text-[14px] ${bad ? 'border-bad/40 bg-bad-wash' : 'border-warn/40 bg-warn-wash'}`}
          >
            <Icon name="warning" className={`size-4 ${bad ? 'text-bad' : 'text-warn'}`} />
            <p className="min-w-0 flex-1 basis-56 wrap-anywhere">
              <b className="font-semibold">{name}</b> {words}
            </p>
            <a href={href} className={smallLink}>
              {button}
            </a>
          </li>
        )
      })}
    </ul>
  )
}

function toldOf(alert: HomeAlert, environment: Environment, may: { build: boolean; pay: boolean }): Told {
  const place = (path: string) => inEnvironment(path, environment)
  const ago = (at: string) => relativeTime(Date.parse(at), Date.now())
  switch (alert.kind) {
    case 'key_ends': {
      const { id, name, at, replaced } = alert
      const rest = replaced ? ', and its replacement was not used yet.' : ', and nothing replaces it.'
      return {
        ...{ name, words: `ends ${ago(at)}${rest}`, href: place(`/console/keys/${id}${may.build ? '/rotate' : ''}`) },
        button: !may.build ? 'Look at the key' : replaced ? 'Continue rotation' : 'Rotate',
      }
    }
    case 'key_unused': {
      const { id, name, since } = alert
      const words = since
        ? `was used last ${ago(since)}.`
        : 'was never used. A key that nobody needs is better revoked.'
      return { name, words, href: place(`/console/keys/${id}`), button: 'Look at the key' }
    }
    case 'webhook_fails': {
      const { id, url, turnedOff } = alert
      const words = turnedOff
        ? 'was turned off by the server: nothing arrived there.'
        : 'is not reached: its last tries did not arrive.'
      return { bad: true, name: url, words, href: place(webhookPath(id)), button: 'Look at its log' }
    }
    case 'balance_low': {
      const { amount, below } = alert
      return {
        ...{ name: `The balance is ${dollars(amount)}`, words: `, below the ${dollars(below)} that you want to have.` },
        ...{ href: place('/console/account'), button: may.pay ? 'Add funds' : 'Look at the account' },
      }
    }
  }
}
