import Link from 'next/link'
import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import type { MpcKeyList } from '#lib/contract/mpc-keys.ts'
import { Time } from '../../../ui/time.tsx'
import { Card } from '../../card.tsx'
import type { Refusal } from '../../explain.ts'
import { FrozenBadge } from '../../mpc-keys/frozen-badge.tsx'
import { nameOf } from '../../mpc-keys/mpc-key-words.ts'
import { mpcKeyPath, mpcKeysPath } from '../../mpc-keys/paths.ts'
import { Row, Rows } from '../../row.tsx'
import { counted } from '../user-words.ts'

interface Props {
  user: ConsoleUserDetail
  keys: MpcKeyList | undefined
  error: Refusal | undefined
}

/** The keys that a user holds with the MPC server. */
export function UserMpcKeys({ user: { id, username, environment }, keys, error }: Props) {
  const note = error
    ? 'The MPC server cannot be asked now, or there is none.'
    : keys?.total === 0
      ? `${username} has made no key with the MPC server.`
      : `Keys that ${username} holds with the MPC server.`
  return (
    <Card title="MPC keys" note={note}>
      {keys?.data.length ? (
        <Rows label={`MPC keys of ${username}`}>
          {keys.data.map((key) => (
            <Row
              key={key.id}
              title={
                <Link href={mpcKeyPath(key)} prefetch={false} className="underline-offset-4 hover:underline">
                  {nameOf(key)}
                </Link>
              }
              badges={<FrozenBadge of={key} />}
              facts={[
                key.suite,
                counted(key.signatures, 'signature'),
                key.lastSignedAt ? (
                  <span key="signed">
                    the last <Time iso={key.lastSignedAt} />
                  </span>
                ) : null,
              ]}
            />
          ))}
        </Rows>
      ) : null}
      {keys && keys.total > keys.data.length ? (
        <p className="mt-3 text-[13px]">
          <Link href={mpcKeysPath(environment, id)} prefetch={false} className="underline underline-offset-2">
            All {keys.total.toLocaleString('en')} keys
          </Link>
        </p>
      ) : null}
    </Card>
  )
}
