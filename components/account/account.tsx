'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { AccountView } from '#lib/contract/oauth.ts'
import { account as steps } from '#lib/sdk/interaction.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { Grants } from './grants.tsx'
import { Passkeys } from './passkeys.tsx'
import { Sessions } from './sessions.tsx'

/** A user's own page: what they sign in with, where they are signed in, and which apps they let in. */
export function Account({ account }: { account: AccountView }) {
  const { user, tenant, passkeys, sessions } = account
  const { stage, refusal, run } = useCeremony()
  const [said, setSaid] = useState('')
  const router = useRouter()
  const alive = useAlive()

  /** Says what was done, and reads the page anew. */
  function done(words: string) {
    setSaid(words)
    router.refresh()
  }

  function signOut() {
    void run(async (enter) => {
      enter('check')
      await steps.signOut()
      location.reload()
    })
  }

  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="font-semibold text-[24px] leading-tight tracking-tight">Your account</h1>
          <p className="mt-1.5 text-soft wrap-anywhere">
            <span className="font-medium text-ink">{user.username}</span> at {tenant.name}
          </p>
        </div>
        <Button look="small" className={alive ? '' : 'invisible'} onClick={signOut}>
          Sign out
        </Button>
      </div>
      <Status
        stage={stage}
        refusal={refusal}
        words={{ check: 'Signing you out.', done: 'Signed out.' }}
        className="mt-4"
      />
      <p role="status" className="sr-only">
        {said}
      </p>
      <Passkeys passkeys={passkeys} onDone={done} />
      <Sessions sessions={sessions} onDone={done} />
      <Grants account={account} onDone={done} />
    </>
  )
}
