'use client'

import { useState } from 'react'
import type { AccountPasskey } from '#lib/contract/oauth.ts'
import { account } from '#lib/sdk/interaction.ts'
import { AddPasskey } from '../console/add-passkey.tsx'
import { askPasskey, makePasskey } from '../console/ceremony.ts'
import { Row, Rows } from '../console/row.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Time } from '../ui/time.tsx'
import { toldApart } from '../ui/told-apart.ts'
import { useAlive } from '../ui/use-alive.ts'
import { confirmWords } from './confirm-words.ts'
import { DeletePasskey } from './delete-passkey.tsx'
import { RenamePasskey } from './rename-passkey.tsx'
import { Section } from './section.tsx'
import { signedOut } from './signed-out.ts'
import { useFocusOnLoss } from './use-focus-on-loss.ts'

interface Props {
  passkeys: AccountPasskey[]
  onDone: (words: string) => void
}

/** What the user signs in with. */
export function Passkeys({ passkeys, onDone }: Props) {
  const [asked, setAsked] = useState<{ what: 'add' } | { what: 'rename' | 'delete'; passkey: AccountPasskey }>()
  const alive = useAlive()
  const heading = useFocusOnLoss(passkeys.length)
  const hidden = alive ? '' : 'invisible'
  const of = (what: 'rename' | 'delete') => (asked?.what === what ? asked.passkey : undefined)
  const close = () => setAsked(undefined)
  const done = (words: string) => {
    close()
    onDone(words)
  }
  const names = toldApart(passkeys.map(({ name }) => name))
  return (
    <Section
      id="passkeys"
      heading={heading}
      title="Passkeys"
      note="What you sign in with. Have two, on different devices: if one is lost, the other still lets you in."
      action={
        <Button look="small" className={hidden} onClick={() => setAsked({ what: 'add' })}>
          Add a passkey
        </Button>
      }
    >
      <Rows label="Your passkeys">
        {passkeys.map((passkey, at) => (
          <Row
            key={passkey.id}
            title={passkey.name}
            badges={passkey.current ? <Badge tone="ok">signed in with it</Badge> : null}
            facts={[
              passkey.provider === passkey.name ? null : passkey.provider,
              passkey.synced ? 'synced' : 'on one device',
              <>
                made <Time iso={passkey.createdAt} />
              </>,
              passkey.lastUsedAt ? (
                <>
                  used <Time iso={passkey.lastUsedAt} />
                </>
              ) : passkey.current ? null : (
                'not used yet'
              ),
            ]}
            action={
              <div className={`flex gap-2 ${hidden}`}>
                <Button look="small" onClick={() => setAsked({ what: 'rename', passkey })}>
                  <span>
                    Rename<span className="sr-only"> {names[at]}</span>
                  </span>
                </Button>
                <Button look="small" onClick={() => setAsked({ what: 'delete', passkey })}>
                  <span>
                    Delete<span className="sr-only"> {names[at]}</span>
                  </span>
                </Button>
              </div>
            }
          />
        ))}
      </Rows>
      <AddPasskey
        open={asked?.what === 'add'}
        onClose={close}
        onAdded={() => onDone('A passkey was added.')}
        confirm={(enter) =>
          askPasskey(
            () => account.confirm('add'),
            async (answer) => answer,
            enter,
          ).catch(signedOut)
        }
        create={(by, enter) =>
          makePasskey(() => account.passkeys.begin(by), account.passkeys.finish, enter).catch(signedOut)
        }
        words={confirmWords}
      />
      <RenamePasskey passkey={of('rename')} onClose={close} onRenamed={() => done('The passkey was renamed.')} />
      <DeletePasskey
        passkey={of('delete')}
        isOnly={passkeys.length === 1}
        onClose={close}
        onDeleted={() => done('The passkey was deleted.')}
      />
    </Section>
  )
}
