import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import type { Whereabouts } from './device-shares.ts'
import { MpcCard } from './mpc-card.tsx'
import type { Work } from './mpc-work.ts'

interface Props {
  keyOf: MpcKey
  share: Whereabouts
  /** What the passkey that sealed the share is called, where it is another than the one that signed in. */
  sealedBy: string | undefined
  lost: boolean
  work: Work | undefined
}

/** Who holds what. On a phone Recovery stands in the middle. */
export function MpcParties({ keyOf: { parties }, share, sealedBy, lost, work }: Props) {
  const slice = (party: string) => ({ at: parties.indexOf(party), of: parties.length })
  const shareOf = (party: string) => (
    <span>
      <span className="max-sm:sr-only">share </span>
      {parties.indexOf(party) + 1} of {parties.length}
    </span>
  )
  const others = parties.filter((party) => party !== 'device' && party !== 'server')
  const cheat = work?.refusal?.party === 'device' && work.attack !== undefined
  const held = share.where !== 'nowhere'
  return (
    <div className="grid grid-cols-3 gap-1.5 sm:gap-2.5">
      <MpcCard
        icon="device"
        title="Device"
        ghost={!held}
        cheat={cheat}
        text={cheat ? 'One bit of its signature share was flipped on the way out.' : keptHow(share, sealedBy)}
        share={cheat ? 'share tampered with' : held ? shareOf('device') : lost ? 'share lost' : 'no share here'}
        {...(held ? { slice: slice('device') } : {})}
      />
      <div className="grid max-xl:order-3">
        <MpcCard
          icon="server"
          title="Server"
          text="In the MPC server’s own database, under its own secret."
          share={shareOf('server')}
          slice={slice('server')}
        />
      </div>
      <div className="grid max-xl:order-2">
        {others.length === 0 ? (
          <MpcCard ghost icon="file" title="Recovery" text="This key was made without one." share="no share" />
        ) : others.length === 1 ? (
          <MpcCard
            icon="file"
            title="Recovery"
            text="A file that you keep, offline. The server never saw it."
            share={shareOf('recovery')}
            slice={slice('recovery')}
          />
        ) : (
          <MpcCard
            icon="file"
            title="Recovery and others"
            text={`Files for ${others.join(', ')}. The server never saw them.`}
            share={`${others.length} shares of ${parties.length}`}
          />
        )}
      </div>
    </div>
  )
}

function keptHow(share: Whereabouts, sealedBy: string | undefined): string {
  switch (share.where) {
    case 'nowhere':
      return 'This browser holds no share of this key.'
    case 'memory':
      return 'In this page’s memory, until it is closed: the passkey has no PRF to seal it.'
    case 'passphrase':
      return 'This browser. Sealed under your passphrase.'
    case 'passkey':
      return sealedBy ? `This browser. Sealed by “${sealedBy}”.` : 'This browser. Sealed by the passkey’s PRF output.'
  }
}
