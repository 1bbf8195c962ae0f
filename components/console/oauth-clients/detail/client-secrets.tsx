'use client'

import { useRef, useState } from 'react'
import type { ClientSecretCreated, ClientSecretView, ClientView } from '#lib/contract/oauth.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { busyWords } from '../../busy-words.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { Confirm } from '../../confirm.tsx'
import { Row, Rows } from '../../row.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { useChange } from '../../use-change.ts'

interface Props {
  client: ClientView
  onChanged: () => Promise<void>
  /** Hears of one that was just made. */
  onMade: (secret: string) => void
}

/** The secrets of a confidential client. Two work at once, so that one is replaced without an interruption. */
export function ClientSecrets({ client, onChanged, onMade }: Props) {
  const { clientId, environment, secrets } = client
  const [made, setMade] = useState<ClientSecretCreated>()
  const [leaving, remove] = useState<ClientSecretView>()
  const place = useRef<HTMLDivElement>(null)
  const change = useChange()
  const live = environment === 'live'

  async function add() {
    const added = await change.run((api) => api.clients.addSecret(clientId), live && 'fresh')
    if (!added) return
    setMade(added)
    onMade(added.clientSecret)
    await onChanged()
  }

  function stored() {
    setMade(undefined)
    setTimeout(() => place.current?.focus())
  }

  if (made) {
    return (
      <ShownOnce title="The new secret" secret={made.clientSecret} what="secret" onDone={stored}>
        <div className="mt-4 space-y-2.5">
          <CodeBlock code={`export OAUTH_CLIENT_SECRET=${made.clientSecret}`} label="environment variable" />
          <p className="text-[14px] text-soft">
            Deploy it wherever the client runs. Until you remove the old one here, both work.
          </p>
        </div>
      </ShownOnce>
    )
  }
  const [old] = secrets
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      <Card
        title="Secrets"
        note="To replace one, nothing has to stop: add a secret, deploy it, remove the old one."
        actions={
          secrets.length < 2 ? (
            <Button look="small" onClick={add}>
              {busyWords(change, 'Add a secret', 'Adding')}
            </Button>
          ) : null
        }
      >
        {secrets.length > 1 ? (
          <div className="mb-4">
            <Notice tone="warn" title="Two secrets work">
              Once the new one is deployed everywhere, remove the old one, {old?.hint}.
            </Notice>
          </div>
        ) : null}
        <Rows label="Secrets">
          {secrets.map((secret) => (
            <Row
              key={secret.id}
              title={<code className="font-mono text-[14px]">{secret.hint}</code>}
              facts={[
                <>
                  made <Time iso={secret.createdAt} />
                </>,
              ]}
              action={
                secrets.length > 1 ? (
                  <Button look="small" aria-label={`Remove ${secret.hint}`} onClick={() => remove(secret)}>
                    Remove
                  </Button>
                ) : null
              }
            />
          ))}
        </Rows>
        <ChangeError error={change.error} className="mt-4" />
        <Confirm
          open={leaving !== undefined}
          onClose={() => remove(undefined)}
          fresh={live}
          title={`Remove ${leaving?.hint}`}
          action="Remove"
          onConfirm={async (api) => {
            if (leaving) await api.clients.removeSecret(clientId, leaving.id)
            await onChanged()
            setTimeout(() => place.current?.focus())
          }}
        >
          <p>Whatever still asks for tokens with it is refused from its next request on, for good.</p>
          <p className="text-soft">Tokens that were issued before go on working until they end.</p>
        </Confirm>
      </Card>
    </div>
  )
}
