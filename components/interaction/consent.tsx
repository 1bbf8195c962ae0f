'use client'

import { useState } from 'react'
import type { InteractionView } from '#lib/contract/oauth.ts'
import type { Refusal } from '../console/explain.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { type Line, onAtFirst, weigh } from './asked.ts'
import { ConsentHead } from './consent-head.tsx'
import { ScopeList } from './scope-list.tsx'
import { over } from './sign-in-words.ts'
import { Status } from './status.tsx'
import { useInteraction } from './use-interaction.ts'

/** Asks the user whether an app may have what it asks for, and what of it. */
export function Consent({ interaction }: { interaction: InteractionView }) {
  const { uid, client, returnsTo } = interaction
  const { stage, refusal, take } = useInteraction(uid, consentWords)
  const alive = useAlive()
  const asked = weigh(interaction)
  const [on, setOn] = useState(() => onAtFirst(asked))
  const lines = [...asked.light, ...asked.heavy]
  const leftOut = lines.filter(({ scope, state }) => state === 'optional' && !on.includes(scope))
  const answer = (verb: 'allow' | 'deny' | 'switchAccount') =>
    take((steps, enter) => {
      enter('check')
      return verb === 'allow' ? steps.allow(leftOut.map(({ scope }) => scope)) : steps[verb]()
    })

  return (
    <>
      <ConsentHead
        interaction={interaction}
        action={
          <Button look="quiet" className={alive ? '' : 'invisible'} onClick={() => answer('switchAccount')}>
            Use another account
          </Button>
        }
      />
      <h2 className="mt-5 mb-2 font-semibold text-[13px] wrap-anywhere">{client.name} could</h2>
      <ScopeList
        asked={asked}
        on={on}
        onSwitch={(scope, isOn) => setOn(isOn ? [...on, scope] : on.filter((one) => one !== scope))}
      />
      {asked.before.length > 0 ? <Before lines={asked.before} /> : null}
      {returnsTo ? null : (
        <div className="mt-4">
          <Notice tone="warn" title="Did you begin this yourself?">
            Allow it only if the code came from a device in front of you. Whoever sent you a code would get this access.
          </Notice>
        </div>
      )}
      <Status
        stage={stage}
        refusal={refusal}
        words={{ check: 'Waiting for the server.', done: 'Done. Going on.' }}
        className="mt-4"
      />
      <div className={`mt-5 flex items-center gap-2.5 ${alive ? '' : 'invisible'}`}>
        <Button look="secondary" className="flex-1" onClick={() => answer('deny')}>
          Deny
        </Button>
        <Button className="flex-[1.4]" onClick={() => answer('allow')}>
          Allow
        </Button>
        {lines.some(({ state }) => state === 'optional') ? (
          <span aria-live="polite" className="shrink-0 text-[13px] text-soft tabular-nums">
            {lines.length - leftOut.length} of {lines.length}
          </span>
        ) : null}
      </div>
      <p className="mt-4 text-[13px] text-soft">
        You can take it back at any time under{' '}
        <a
          href="/account#apps"
          target="_blank"
          rel="noreferrer"
          className="whitespace-nowrap text-accent underline underline-offset-4"
        >
          your apps
          <span className="sr-only"> (opens a new tab)</span>
        </a>
        .
      </p>
    </>
  )
}

/** What is not in question any more. */
function Before({ lines }: { lines: readonly Line[] }) {
  const words = lines.map(({ words, at }) => (at ? `${words} ${at}` : words))
  return <p className="mt-3 text-[13px] text-soft">You allowed before: {words.join('; ')}.</p>
}

function consentWords({ code }: Refusal): Partial<Refusal> {
  if (code === 'invalid_request')
    return { title: 'Nothing would be allowed', todo: 'Leave something on, or press Deny.' }
  return code === 'interaction_unknown' ? over : {}
}
