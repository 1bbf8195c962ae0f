'use client'

import { useState } from 'react'
import type { AccountView } from '#lib/contract/oauth.ts'
import { Empty } from '../ui/empty.tsx'
import { Grant } from './grant.tsx'
import { Revoke } from './revoke.tsx'
import { Section } from './section.tsx'
import { useFocusOnLoss } from './use-focus-on-loss.ts'

interface Props {
  account: AccountView
  onDone: (words: string) => void
}

/** The apps that the user let in, each with what it may do. */
export function Grants({ account: { user, tenant, grants }, onDone }: Props) {
  const [asked, setAsked] = useState<AccountView['grants'][number]>()
  const heading = useFocusOnLoss(grants.length)
  return (
    <Section
      id="apps"
      title="Your apps"
      heading={heading}
      note={
        <>
          They may use your account <span className="font-medium text-ink">{user.username}</span> at {tenant.name}.
        </>
      }
    >
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
      <Revoke
        grant={asked}
        onClose={() => setAsked(undefined)}
        onDone={({ client }) => {
          setAsked(undefined)
          onDone(`${client.name} has no access any more.`)
        }}
      />
    </Section>
  )
}
