import { useEffect, useRef, useState } from 'react'
import { type CodeStep, type Flow, firstChoices, type OAuthChoices } from '../../oauth/oauth-flow.ts'
import { openPopup } from '../../oauth/oauth-popup.ts'
import { CodePerformance } from '../../oauth/perform-code.ts'
import { loadOAuth } from '../../oauth/performance.ts'

interface Client {
  baseUrl: string
  clientId: string
  loginHint: string | undefined
}

/** The flow on the tab, what was chosen for it, and what can be done with it. */
export function useOAuth({ baseUrl, clientId, loginHint }: Client) {
  const [choices, choose] = useState<OAuthChoices>(firstChoices)
  const [flow, show] = useState<Flow>()
  const performance = useRef<CodePerformance>(undefined)

  useEffect(() => {
    // So that nothing stands between the click and its popup.
    void loadOAuth().catch(() => undefined)
    return () => performance.current?.cancel()
  }, [])

  function begin(): CodePerformance {
    performance.current?.cancel()
    const mine: CodePerformance = new CodePerformance(
      {
        baseUrl,
        clientId,
        redirectUri: `${baseUrl}/playground/callback`,
        loginHint,
        publish: (flow) => {
          if (performance.current === mine) show(flow)
        },
      },
      choices,
    )
    performance.current = mine
    return mine
  }

  /** A step that is asked for on its own. Before the flow has begun, it says what is missing. */
  function perform(step: Exclude<CodeStep, 'authorize'>) {
    const current = performance.current ?? begin()
    const steps = {
      exchange: () => current.exchange(),
      refresh: () => current.refresh(),
      api: () => current.callApi(),
      userinfo: () => current.userInfo(),
      introspect: () => current.introspect(),
      revoke: () => current.revoke(),
    }
    void steps[step]()
  }

  return {
    choices,
    choose,
    flow,
    authorize: () => void begin().authorize(openPopup()),
    runAll: () => void begin().runAll(openPopup()),
    perform,
    cancel: () => performance.current?.cancel(),
  }
}
