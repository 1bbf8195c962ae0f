import type { ReactNode } from 'react'
import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import type { MpcKeyList } from '#lib/contract/mpc-keys.ts'
import { Time } from '../../../ui/time.tsx'
import { nameOf } from '../../mpc-keys/mpc-key-words.ts'
import { counted, kindsOf } from '../user-words.ts'

interface Props {
  user: ConsoleUserDetail
  mpcKeys: MpcKeyList | undefined
}

/** A user in four figures. */
export function UserFigures({ user, mpcKeys }: Props) {
  const { signIns, lastUsedAt, passkeys, passkeyCount } = user
  const latest = passkeys.find((passkey) => passkey.lastUsedAt === lastUsedAt)
  const signatures = mpcKeys?.data.reduce((all, key) => all + key.signatures, 0) ?? 0
  const [only] = mpcKeys?.data ?? []
  return (
    <dl
      aria-label="Figures"
      className="grid grid-cols-2 overflow-hidden rounded-card border border-line bg-card shadow-lift lg:grid-cols-4 lg:divide-x lg:divide-line"
    >
      <Figure
        term="Sign-ins, 30 days"
        note={signIns.refused ? `${signIns.refused.toLocaleString('en')} refused` : 'none refused'}
      >
        {signIns.good > 10_000 ? 'over 10,000' : signIns.good.toLocaleString('en')}
      </Figure>
      <Figure term="Last sign-in" note={lastUsedAt && latest ? latest.name : 'since the registration'}>
        {lastUsedAt ? <Time iso={lastUsedAt} /> : 'never'}
      </Figure>
      <Figure term="Passkeys" note={kindsOf(passkeys)}>
        {passkeyCount}
      </Figure>
      <Figure
        term="MPC keys"
        note={
          mpcKeys === undefined
            ? 'the MPC server is not asked'
            : mpcKeys.total === 0
              ? 'none made'
              : `${mpcKeys.total === 1 && only ? `${nameOf(only)}, ` : ''}${counted(signatures, 'signature')}`
        }
      >
        {mpcKeys?.total ?? '–'}
      </Figure>
    </dl>
  )
}

function Figure({ term, note, children }: { term: string; note: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3.5 sm:px-5">
      <dt className="text-[13px] text-soft">{term}</dt>
      <dd>
        <span className="block truncate font-semibold text-[20px] leading-8 tracking-tight">{children}</span>
        <span className="block text-[13px] text-soft wrap-anywhere">{note}</span>
      </dd>
    </div>
  )
}
