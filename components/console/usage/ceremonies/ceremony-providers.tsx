import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import { Cell, Table } from '../../../ui/table.tsx'
import { Card } from '../../card.tsx'
import { number, share } from '../usage-numbers.ts'

const columns = [
  { id: 'provider', label: 'Provider' },
  { id: 'passkeys', label: 'Passkeys', className: 'text-right' },
  { id: 'synced', label: 'Synced', className: 'text-right' },
  { id: 'bound', label: 'Device-bound', className: 'whitespace-nowrap text-right' },
  { id: 'signIns', label: 'Sign-ins', className: 'whitespace-nowrap text-right' },
]
/** As many as a person reads; the rest is taken together. */
const most = 12

/** Who made the passkeys that there are, and those that people signed in with. */
export function CeremonyProviders({ ceremonies }: { ceremonies: ConsoleCeremonies }) {
  const { providers, signInsLookedAt } = ceremonies
  const rows = folded(providers)
  const all = providers.reduce((sum, { synced, bound }) => sum + synced + bound, 0)
  return (
    <Card
      title="Authenticators"
      note="All passkeys that are registered now, by provider. A synced one may be copied to the person’s other devices, a device-bound one stays where it is. Sign-ins are the latest of the range, those on the pages of OAuth among them."
    >
      {all === 0 ? (
        <p className="text-[14px] text-soft">No passkey is registered here.</p>
      ) : (
        <Table label="Passkeys by provider" columns={columns} minWidth="min-w-[28rem]">
          {rows.map(({ name, synced, bound, signIns }) => (
            <tr key={name}>
              <th scope="row" className="px-4 py-3 font-normal wrap-anywhere">
                {name}
              </th>
              <Cell className="whitespace-nowrap text-right tabular-nums">
                {number(synced + bound)} <span className="text-[13px] text-faint">{share(synced + bound, all)}</span>
              </Cell>
              <Cell className="text-right tabular-nums">{number(synced)}</Cell>
              <Cell className="text-right tabular-nums">{number(bound)}</Cell>
              <Cell className="whitespace-nowrap text-right tabular-nums">
                {number(signIns)}{' '}
                {signInsLookedAt ? (
                  <span className="text-[13px] text-faint">{share(signIns, signInsLookedAt)}</span>
                ) : null}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  )
}

function folded(providers: ConsoleCeremonies['providers']) {
  const named = providers.map(({ provider, ...rest }) => ({ ...rest, name: provider ?? 'Provider not known' }))
  if (named.length <= most) return named
  const rest = named.slice(most - 1)
  const sum = (of: 'synced' | 'bound' | 'signIns') => rest.reduce((all, one) => all + one[of], 0)
  const others = { name: `${rest.length} others`, synced: sum('synced'), bound: sum('bound'), signIns: sum('signIns') }
  return [...named.slice(0, most - 1), others]
}
