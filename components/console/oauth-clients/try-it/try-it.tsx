'use client'

import { useEffect, useRef, useState } from 'react'
import type { ClientView } from '#lib/contract/oauth.ts'
import { Button, linkButton } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Late } from '../../../ui/late.tsx'
import { Card } from '../../card.tsx'
import { clientPath } from '../paths.ts'

const loadView = () => import('./try-it-view.tsx')

interface Props {
  client: ClientView
  /** The server's BASE_URL. */
  baseUrl: string
  /** A secret that was just made. */
  secret: string | undefined
  onChanged: () => Promise<void>
}

/** Runs the real flow against a client, once somebody asks for it. */
export function TryIt({ client, baseUrl, secret, onChanged }: Props) {
  const [begun, begin] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  // The button is gone that had the focus.
  useEffect(() => {
    if (begun) place.current?.focus()
  }, [begun])
  const elsewhere = location.origin !== baseUrl
  return (
    <Card
      title="Try it"
      note={`The real flow with this client, as one of its apps would go through it. Sign in as a user of the ${client.environment} environment would: whoever makes an account there stays.`}
      actions={
        begun || elsewhere ? null : (
          <Button look="small" onClick={() => begin(true)}>
            Try it
          </Button>
        )
      }
    >
      {elsewhere ? (
        <Empty
          title="This page is not at the server’s own address"
          action={
            <a href={`${baseUrl}${clientPath(client.clientId)}`} className={linkButton}>
              Open it there
            </a>
          }
        >
          The flow comes back to {baseUrl}, and only there. OAuth compares addresses to the letter.
        </Empty>
      ) : begun ? (
        <div ref={place} tabIndex={-1} className="outline-none">
          <Late load={loadView}>
            {({ TryItView }) => <TryItView client={client} baseUrl={baseUrl} secret={secret} onChanged={onChanged} />}
          </Late>
        </div>
      ) : (
        <p className="text-[14px] text-soft">
          Each message is shown as it passes, the tokens are decoded and verified, and one call to the API shows what
          they open.
        </p>
      )}
    </Card>
  )
}
