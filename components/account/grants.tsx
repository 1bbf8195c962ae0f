'use client'

import { useEffect, useRef, useState } from 'react'
import type { AccountView } from '#lib/contract/oauth.ts'
import { account as steps } from '#lib/sdk/interaction.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { Grant } from './grant.tsx'
import { Revoke } from './revoke.tsx'

/** The apps that the user let in, each with what it may do. */
export function Grants({ account: { user, tenant, grants: all } }: { account: AccountView }) {
  const [gone, setGone] = useState<readonly string[]>([])
  const [asked, setAsked] = useState<AccountView['grants'][number]>()
  const [said, setSaid] = useState('')
  const { stage, refusal, run } = useCeremony()
  const alive = useAlive()
  const heading = useRef<HTMLHeadingElement>(null)
  const grants = all.filter(({ clientId }) => !gone.includes(clientId))

  // The button that had the focus is gone with its app.
  useEffect(() => {
    if (gone.length) heading.current?.focus()
  }, [gone])

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
          <h1
            ref={heading}
            tabIndex={-1}
            className="font-semibold text-[24px] leading-tight tracking-tight outline-none"
          >
            Your apps
          </h1>
          <p className="mt-1.5 text-pretty text-soft wrap-anywhere">
            They may use your account <span className="font-medium text-ink">{user.username}</span> at {tenant.name}.
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
      <div className="mt-5">
        {grants.length ? (
          <ul aria-label="Apps" className="divide-y divide-line border-line border-t [&>li:last-child]:pb-0">
            {grants.map((grant) => (
              <Grant key={grant.clientId} grant={grant} onRevoke={() => setAsked(grant)} />
            ))}
          </ul>
        ) : (
          <Empty title="No app has access">
            When an app asks for access and you press Allow, it is listed here with what it may do. Here you can take it
            back at any time.
          </Empty>
        )}
      </div>
      <Revoke
        grant={asked}
        onClose={() => setAsked(undefined)}
        onDone={({ clientId, client }) => {
          setGone([...gone, clientId])
          setSaid(`${client.name} has no access any more.`)
          setAsked(undefined)
        }}
      />
    </>
  )
}
