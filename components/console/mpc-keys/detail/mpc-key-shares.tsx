import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { Card } from '../../card.tsx'
import { Row, Rows } from '../../row.tsx'
import { policyWords, whoSigns } from '../mpc-key-words.ts'

const holders: Record<string, string> = {
  device: 'The user’s device, sealed by their passkey where it can.',
  server: 'The MPC server, in its own database, under its own secret.',
  recovery: 'A file that the user keeps for the day the device is lost.',
  hardware: 'A hardware device of the user’s.',
  partner: 'Somebody whom the user trusts.',
}

/** Who holds a share, who signs with whom, and what a signature needs. */
export function MpcKeyShares({ of }: { of: MpcKeyView }) {
  const { parties, policy } = of
  return (
    <Card title="Who can sign" note={`${whoSigns(of)} ${policyWords(policy)}.`}>
      <Rows label="Shares">
        {parties.map((party, at) => (
          <Row
            key={party}
            title={party}
            facts={[`share ${at + 1} of ${parties.length}`, holders[party] ?? 'Held by the user.']}
          />
        ))}
      </Rows>
    </Card>
  )
}
