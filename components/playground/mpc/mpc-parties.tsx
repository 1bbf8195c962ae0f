import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { MpcCard } from './mpc-card.tsx'
import type { Work } from './mpc-work.ts'

interface Props {
  keyOf: MpcKey
  held: boolean
  keptHow: string
  work: Work | undefined
}

/** Who holds what. On a phone Recovery stands in the middle. */
export function MpcParties({ keyOf: { parties }, held, keptHow, work }: Props) {
  const share = (party: string) => `share ${parties.indexOf(party) + 1} of ${parties.length}`
  const others = parties.filter((party) => party !== 'device' && party !== 'server')
  const cheat = work?.refusal?.party === 'device'
  return (
    <div className="grid grid-cols-3 gap-1.5 sm:gap-2.5">
      <MpcCard
        icon="device"
        title="Device"
        ghost={!held}
        cheat={cheat}
        text={
          cheat
            ? 'One bit of its signature share was flipped on the way out.'
            : held
              ? keptHow
              : 'This browser holds no share of this key.'
        }
        share={cheat ? 'share tampered with' : held ? share('device') : 'share lost'}
      />
      <div className="grid max-lg:order-3">
        <MpcCard
          icon="server"
          title="Server"
          text="In the MPC server’s own database, under its own secret."
          share={share('server')}
        />
      </div>
      <div className="grid max-lg:order-2">
        {others.length === 0 ? (
          <MpcCard ghost icon="file" title="Recovery" text="This key was made without one." share="no share" />
        ) : (
          <MpcCard
            icon="file"
            title={others.length === 1 ? 'Recovery' : 'Recovery and others'}
            text={
              others.length === 1
                ? 'A file that you keep, offline. The server never saw it.'
                : `Files that you hand to ${others.join(', ')}. The server never saw them.`
            }
            share={others.length === 1 ? share('recovery') : `${others.length} shares of ${parties.length}`}
          />
        )}
      </div>
    </div>
  )
}
