'use client'

import { useState } from 'react'
import type { ClientView } from '#lib/contract/oauth.ts'
import { ChipChoice } from '../../../ui/chip.tsx'
import { grantWords } from '../client-words.ts'
import { type TriedGrant, triedGrants } from './tried-grants.ts'
import { TryItGrant } from './try-it-grant.tsx'

interface Props {
  client: ClientView
  baseUrl: string
  /** A secret that was just made. */
  secret: string | undefined
  onChanged: () => Promise<void>
}

/** The real flow against a client, by each of its grants. */
export function TryItView({ client, baseUrl, secret: made, onChanged }: Props) {
  const grants = triedGrants(client)
  const [chosen, choose] = useState<TriedGrant>()
  const [entered, enter] = useState<{ text: string; after: string | undefined }>()
  const grant = chosen && grants.includes(chosen) ? chosen : grants[0]
  if (!grant) return null
  // What is asked for begins anew with the client’s access.
  const key = JSON.stringify([grant, client.scopes, client.grants, client.dpopRequired])
  return (
    <div className="space-y-5">
      {grants.length > 1 ? (
        <ChipChoice
          label="How it gets its tokens"
          name="tried-grant"
          choices={grants.map((value) => ({ value, label: grantWords[value].label, title: grantWords[value].name }))}
          selected={grant}
          onSelect={choose}
        />
      ) : null}
      <TryItGrant
        key={key}
        client={client}
        grant={grant}
        baseUrl={baseUrl}
        secret={entered && entered.after === made ? entered.text : (made ?? '')}
        onSecret={(text) => enter({ text, after: made })}
        onChanged={onChanged}
      />
    </div>
  )
}
