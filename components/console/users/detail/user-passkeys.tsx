import { useState } from 'react'
import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { attestationWords } from '#lib/webauthn/attestation-words.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Time } from '../../../ui/time.tsx'
import { toldApart } from '../../../ui/told-apart.ts'
import { Card } from '../../card.tsx'
import { Confirm } from '../../confirm.tsx'
import { RenameDialog } from '../../rename-dialog.tsx'
import { useMay } from '../../role.tsx'
import { Row, Rows } from '../../row.tsx'
import { PasskeyIcon } from '../passkey-icon.tsx'
import { placeWords } from '../user-words.ts'
import { DeleteUser } from './delete-user.tsx'

interface Props {
  user: ConsoleUserDetail
  mpcKeys: number | undefined
  onChanged: () => Promise<void>
  /** The user went with the last one. */
  onDeleted: () => void
}

/** What a user signs in with. The last passkey goes with the user, and so is deleted as one. */
export function UserPasskeys({ user, mpcKeys, onChanged, onDeleted }: Props) {
  const { id, username, environment, passkeys, passkeyCount } = user
  const [asking, ask] = useState<{ what: string; passkey: Passkey }>()
  const may = useMay('developer')
  const last = passkeyCount === 1
  const names = toldApart(passkeys.map(({ name }) => name))
  const close = () => ask(undefined)
  return (
    <Card title="Passkeys" note={`What ${username} signs in with.`}>
      <Rows label={`Passkeys of ${username}`}>
        {passkeys.map((passkey, at) => (
          <Row
            key={passkey.id}
            title={
              <span className="inline-flex items-center gap-2">
                <PasskeyIcon of={passkey} />
                {passkey.name}
              </span>
            }
            facts={factsOf(passkey)}
            action={
              <div className="flex items-center gap-3 text-[13px] text-soft">
                {passkey.lastUsedAt ? (
                  <span>
                    <span className="sr-only">last used </span>
                    <Time iso={passkey.lastUsedAt} />
                  </span>
                ) : (
                  'not used yet'
                )}
                {may ? (
                  <Menu
                    label="Change"
                    of={names[at] ?? passkey.name}
                    look="small"
                    align="right"
                    items={[
                      { id: 'rename', label: 'Rename' },
                      { id: 'delete', label: 'Delete', ...(last ? { note: `${username} goes with it` } : {}) },
                    ]}
                    onPick={(what) => ask({ what, passkey })}
                  />
                ) : null}
              </div>
            }
          />
        ))}
      </Rows>
      {passkeyCount > passkeys.length ? (
        <p className="mt-3 text-[13px] text-soft">
          The oldest {passkeys.length} of {passkeyCount.toLocaleString('en')}. The API lists all of them.
        </p>
      ) : null}
      {asking?.what === 'rename' ? (
        <RenameDialog
          title={`Rename ${asking.passkey.name}`}
          name={asking.passkey.name}
          note={`${username} sees it, too.`}
          fresh={environment === 'live'}
          onClose={close}
          onRename={async (api, name) => {
            await api.users.renamePasskey(id, asking.passkey.id, name)
            await onChanged()
          }}
        />
      ) : null}
      <DeleteUser
        user={user}
        mpcKeys={mpcKeys}
        open={asking?.what === 'delete' && last}
        onClose={close}
        onDeleted={onDeleted}
      />
      <Confirm
        open={asking?.what === 'delete' && !last}
        onClose={close}
        fresh={environment === 'live'}
        title={`Delete ${asking?.passkey.name ?? ''}?`}
        action="Delete passkey"
        onConfirm={async (api) => {
          if (!asking) return
          await api.users.deletePasskey(id, asking.passkey.id)
          await onChanged()
        }}
      >
        <p>
          {username} can no longer sign in with it. The sessions that it began, what apps were allowed with it, and
          tokens that came from it end at once.
        </p>
        <p className="text-soft">The device or password manager keeps its part, and may still offer it.</p>
      </Confirm>
    </Card>
  )
}

function factsOf(passkey: Passkey) {
  const { name, provider, algorithm, signCount, attestation, createdAt } = passkey
  const attested = attestationWords(attestation)
  return [
    provider && provider !== name ? provider : null,
    placeWords(passkey),
    algorithmName(algorithm),
    signCount > 0 ? `counter ${signCount.toLocaleString('en')}` : null,
    attestation.format === 'none' ? null : (
      <span key="attested" title={attested.note}>
        {attested.label}
      </span>
    ),
    <span key="made">
      made <Time iso={createdAt} />
    </span>,
  ]
}
