import Link from 'next/link'
import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { Badge } from '../../../ui/badge.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { inEnvironment } from '../../frame/pages.ts'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { FrozenBadge } from '../frozen-badge.tsx'
import { MpcKeyAddress } from '../mpc-key-address.tsx'
import { userName } from '../mpc-key-words.ts'
import { mpcKeysPath } from '../paths.ts'

/** What is known of a key, and how it was used. */
export function MpcKeyFacts({ of }: { of: MpcKeyView }) {
  const { id, user, environment, suite, createdAt, lastSignedAt, signatures, resharings } = of
  return (
    <section aria-label="Facts" className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <TypeBadge type={environment} />
        <Badge>{suite}</Badge>
        <FrozenBadge of={of} />
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-2.5 text-[14px] @2xl:grid-cols-4">
        <Fact term="User">
          <Link
            href={mpcKeysPath(environment, user.id)}
            prefetch={false}
            className="underline underline-offset-2 wrap-anywhere"
          >
            {userName(of)}
          </Link>
        </Fact>
        <Fact term="Created">
          <Time iso={createdAt} />
        </Fact>
        <Fact term="Last signature">{lastSignedAt ? <Time iso={lastSignedAt} /> : 'never'}</Fact>
        <Fact term="Signatures">{signatures.toLocaleString('en')}</Fact>
        <Fact term="Address" className="col-span-2">
          <MpcKeyAddress of={of} />
        </Fact>
        <Fact term="Id">
          <span className="flex items-center gap-1">
            <code className="min-w-0 font-mono text-[13px] wrap-anywhere">{id}</code>
            <CopyButton small text={id} label="Copy key id" />
          </span>
        </Fact>
        <Fact term="Shares made anew">{resharings === 0 ? 'never' : times(resharings)}</Fact>
      </dl>
      <p className="mt-3.5 text-[14px]">
        <Link
          href={inEnvironment(`/console/audit?q=${id}`, environment)}
          prefetch={false}
          className="underline underline-offset-2"
        >
          In the audit log
        </Link>
      </p>
    </section>
  )
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString('en')} times`
}
