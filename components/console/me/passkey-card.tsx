'use client'

import { useState } from 'react'
import type { OwnAccess } from '#lib/contract/console.ts'
import { attestationWords } from '#lib/webauthn/attestation-words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { toldApart } from '../../ui/told-apart.ts'
import { AddPasskey } from '../add-passkey.tsx'
import { Card } from '../card.tsx'
import { askPasskey, makePasskey } from '../ceremony.ts'
import { Confirm } from '../confirm.tsx'
import { consoleClient } from '../console-client.ts'
import { RenameDialog } from '../rename-dialog.tsx'
import { Row, Rows } from '../row.tsx'

type Passkey = OwnAccess['passkeys'][number]

/** The change that is confirmed, by its request. */
const addPasskey = 'POST /passkeys/begin'

/** The signed-in member's own passkeys. */
export function PasskeyCard({
  passkeys,
  onChanged,
}: {
  passkeys: Passkey[]
  onChanged: (what: string) => Promise<void>
}) {
  const [removing, setRemoving] = useState<Passkey>()
  const [renaming, setRenaming] = useState<Passkey>()
  const [adding, setAdding] = useState(false)

  const names = toldApart(passkeys.map(({ name }) => name))
  return (
    <Card
      title="Your passkeys"
      note="What you sign in with. Have two, on different devices: if one is lost, the other still lets you in."
      actions={
        <Button look="small" onClick={() => setAdding(true)}>
          Add a passkey
        </Button>
      }
    >
      <AddPasskey
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={() => onChanged('A passkey was added')}
        confirm={(enter) =>
          askPasskey(() => consoleClient.confirm.begin(addPasskey, {}), consoleClient.confirm.finish, enter)
        }
        create={(_, enter) =>
          makePasskey(consoleClient.own.addPasskey.begin, consoleClient.own.addPasskey.finish, enter)
        }
      />
      <Rows label="Your passkeys">
        {passkeys.map((passkey, at) => (
          <Row
            key={passkey.id}
            title={passkey.name}
            badges={
              <>
                <Badge>{passkey.backedUp ? 'Synced' : 'One device'}</Badge>
                {passkey.current ? <Badge tone="ok">Began this session</Badge> : null}
              </>
            }
            facts={[
              passkey.provider && passkey.provider !== passkey.name ? passkey.provider : null,
              <span key="attestation" title={attestationWords(passkey.attestation).note}>
                {attestationWords(passkey.attestation).label}
              </span>,
              <>
                made <Time iso={passkey.createdAt} />
              </>,
              passkey.lastUsedAt ? (
                <>
                  last used <Time iso={passkey.lastUsedAt} />
                </>
              ) : (
                'not used to sign in yet'
              ),
            ]}
            action={
              <div className="flex flex-wrap gap-2">
                <Button look="small" aria-label={`Rename ${names[at]}`} onClick={() => setRenaming(passkey)}>
                  Rename
                </Button>
                {passkeys.length > 1 ? (
                  <Button look="small" aria-label={`Remove ${names[at]}`} onClick={() => setRemoving(passkey)}>
                    Remove
                  </Button>
                ) : null}
              </div>
            }
          />
        ))}
      </Rows>
      {renaming ? (
        <RenameDialog
          title="Rename the passkey"
          name={renaming.name}
          note="It stands here alone: your device or password manager calls it as before."
          onClose={() => setRenaming(undefined)}
          onRename={async (api, name) => {
            await api.own.renamePasskey(renaming.id, name)
            await onChanged(`The passkey is called ${name} now`)
          }}
        />
      ) : null}
      <Confirm
        open={Boolean(removing)}
        onClose={() => setRemoving(undefined)}
        fresh
        title={`Remove ${removing?.name ?? ''}`}
        action="Remove"
        onConfirm={async (api) => {
          if (!removing) return
          const { signedOut } = await api.own.removePasskey(removing.id)
          if (signedOut) location.assign('/console/sign-in')
          else await onChanged(`${removing.name} was removed`)
        }}
      >
        <p>
          The server forgets this passkey: it no longer opens the Console, and the sessions that it began end at once.
        </p>
        {removing?.current ? (
          <p className="font-medium">You signed in with it. Confirm with another one, or you are signed out.</p>
        ) : null}
        <p className="text-soft">
          Your device or password manager keeps its part and may still offer it. Delete it there too.
        </p>
      </Confirm>
    </Card>
  )
}
