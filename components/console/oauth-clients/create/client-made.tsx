'use client'

import { useEffect, useRef } from 'react'
import type { ClientCreated } from '#lib/contract/oauth.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../card.tsx'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { PageHead } from '../../page-head.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { ClientId } from '../client-id.tsx'
import { UseClient } from '../use-client.tsx'

interface Props {
  created: ClientCreated
  onDone: () => void
}

/** A client that was just made: its id, of a confidential one its secret, and how to begin. */
export function ClientMade({ created, onDone }: Props) {
  const { name, environment, clientSecret } = created
  const begin = useRef<HTMLDivElement>(null)
  useEffect(() => begin.current?.focus(), [])
  if (clientSecret === undefined) {
    return (
      <>
        <PageHead title="The client is made" description={`“${name}” has no secret: its id is all that it needs.`} />
        <div ref={begin} tabIndex={-1} className="outline-none">
          <Card title="Use it" actions={<TypeBadge type={environment} />}>
            <Begin created={created} />
            <div className="mt-6 flex justify-end border-line border-t pt-4">
              <Button onClick={onDone}>Done</Button>
            </div>
          </Card>
        </div>
      </>
    )
  }
  return (
    <>
      <PageHead title="Store the secret" description={`“${name}” is made. This is the only time that it is shown.`} />
      <ShownOnce
        title="The client’s secret"
        badge={<TypeBadge type={environment} />}
        secret={clientSecret}
        what="secret"
        onDone={onDone}
      >
        <div className="mt-6">
          <Begin created={created} />
        </div>
      </ShownOnce>
    </>
  )
}

function Begin({ created }: { created: ClientCreated }) {
  const { clientId, clientSecret } = created
  return (
    <>
      <h3 className="mb-0.5 font-semibold text-[13px]">Client id</h3>
      <div className="mb-4">
        <ClientId id={clientId} />
      </div>
      <UseClient client={created} secret={clientSecret} />
    </>
  )
}
