import { useEffect, useRef, useState } from 'react'
import type { ClientView } from '#lib/contract/oauth.ts'
import type { Flow, OAuthChoices } from '../../../oauth/oauth-flow.ts'
import { openPopup } from '../../../oauth/oauth-popup.ts'
import { CodePerformance } from '../../../oauth/perform-code.ts'
import { DevicePerformance } from '../../../oauth/perform-device.ts'
import { OwnPerformance } from '../../../oauth/perform-for-itself.ts'
import { loadOAuth, type Performance, type PerformanceSettings } from '../../../oauth/performance.ts'
import { firstChoices, stepsOf, type TriedGrant } from './tried-grants.ts'

interface Tried {
  client: ClientView
  grant: TriedGrant
  baseUrl: string
  redirectUri: string
}

/** One grant of a client: what is asked for, what has passed so far, and what begins it. */
export function useTryIt({ client, grant, baseUrl, redirectUri }: Tried) {
  const [choices, choose] = useState<OAuthChoices>(() => firstChoices(grant, client))
  const [flow, show] = useState<Flow>()
  const performance = useRef<Performance>(undefined)

  useEffect(() => {
    // So that nothing stands between the click and its popup.
    void loadOAuth().catch(() => undefined)
    return () => performance.current?.cancel()
  }, [])

  /** Every step after another, until one does not work. Called inside a click: a popup opens in it. */
  function run(clientSecret: string | undefined): void {
    performance.current?.cancel()
    const settings: PerformanceSettings = {
      ...{ baseUrl, redirectUri, clientId: client.clientId, clientSecret },
      publish: (flow) => {
        if (performance.current === mine.performance) show(flow)
      },
    }
    const mine = begun(grant, settings, choices)
    performance.current = mine.performance
    void mine.tokens().then(async (had) => {
      const renews = stepsOf(grant, client).includes('refresh')
      if (had && (!renews || (await mine.performance.refresh()))) await mine.performance.callApi()
    })
  }

  return { choices, choose, flow, run, cancel: () => performance.current?.cancel() }
}

/** A flow, and what gets its first tokens: false where it did not. */
function begun(grant: TriedGrant, settings: PerformanceSettings, choices: OAuthChoices) {
  if (grant === 'client_credentials') {
    const performance = new OwnPerformance(settings, choices)
    return { performance, tokens: () => performance.ask() }
  }
  const popup = openPopup()
  if (grant === 'authorization_code') {
    const performance = new CodePerformance(settings, choices)
    return { performance, tokens: async () => (await performance.authorize(popup)) && performance.exchange() }
  }
  const performance = new DevicePerformance(settings, choices)
  return {
    performance,
    tokens: async () => {
      if (await performance.codes()) return performance.wait(popup)
      popup?.close()
      return false
    },
  }
}
