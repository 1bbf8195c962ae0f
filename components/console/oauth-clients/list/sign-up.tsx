'use client'

import { useState } from 'react'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { Fixed } from '../../role.tsx'
import { useChange } from '../../use-change.ts'
import { useData } from '../../use-data.ts'

/** Whether people may make an account where apps send them to sign in. It is changed at once. */
export function SignUp() {
  const { data, error, reload } = useData(() => consoleClient.signUp.read(), [], { keep: 'sign-up' })
  const [said, say] = useState('')
  const change = useChange()

  async function choose(signUp: boolean) {
    say('')
    const saved = await change.run((api) => api.signUp.update(signUp), 'fresh')
    await reload()
    if (saved) say(saved.signUp ? 'Saved. New people may come in.' : 'Saved. Only people who have a passkey come in.')
  }

  return (
    <Card title="Sign-up" note="On the page where apps send people to sign in, in both environments.">
      {data ? (
        <Fixed least="owner" to="change this">
          <Checkbox
            role="switch"
            label="People may make an account"
            note={
              data.signUp
                ? 'Who has no passkey yet can choose a username and create one. Turn it off to let in only people whom you registered yourself.'
                : 'Only people who have a passkey here can sign in. Register them with an API key that holds passkeys:register.'
            }
            checked={data.signUp}
            onToggle={choose}
          />
        </Fixed>
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading the setting" rows={1} height="h-12" />
      )}
      <ChangeError error={change.error} className="mt-4" />
      <p role="status" className={said ? 'mt-3 font-medium text-[14px] text-ok' : ''}>
        {change.confirming ? 'Waiting for your passkey' : said}
      </p>
    </Card>
  )
}
