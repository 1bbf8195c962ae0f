'use client'

import type { ConsoleKey } from '#lib/contract/console.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { fieldErrors } from '../../field-errors.ts'
import { Fixed, useMay } from '../../role.tsx'
import { SaveBar } from '../../save-bar.tsx'
import { useChange } from '../../use-change.ts'
import { useData } from '../../use-data.ts'
import { AddressTester } from '../allowlist/address-tester.tsx'
import { shutOut } from '../allowlist/allowlist.ts'
import { AllowlistEditor } from '../allowlist/allowlist-editor.tsx'
import { SeenAddresses } from '../allowlist/seen-addresses.tsx'
import { useAllowlist } from '../allowlist/use-allowlist.ts'

interface Props {
  item: ConsoleKey
  onChanged: () => Promise<void>
}

/** From where the key may be used: the list, a test of it, and from where it is used. */
export function KeyAllowlist({ item, onChanged }: Props) {
  const { id, allowedIps, status } = item
  const works = status === 'active'
  const mayChange = useMay('developer')
  const allowlist = useAllowlist(allowedIps)
  const change = useChange()
  const seen = useData(() => consoleClient.keys.addresses(id), [id], { every: 30_000 })
  const { edited } = allowlist
  const out = edited ? shutOut(allowlist.entries, seen.data?.data.map(({ address }) => address) ?? []) : []
  const { of, rest } = fieldErrors(change.error, ['allowedIps'])

  async function save(): Promise<boolean> {
    const entries = allowlist.settle()
    if (!entries) return false
    const saved = await change.run(
      (api) => api.keys.update(id, { allowedIps: entries }),
      item.type === 'live' && 'fresh',
    )
    if (!saved) return false
    await onChanged()
    allowlist.undo()
    return true
  }

  return (
    <Card
      title="Allowed addresses"
      note={
        !works
          ? allowedIps.join(', ') || 'It had no list: every address could use it.'
          : allowedIps.length
            ? 'Only requests from these addresses may use the key.'
            : 'Every address may use the key. With a list, a stolen key is worth nothing elsewhere.'
      }
    >
      {works ? (
        <Fixed least="developer">
          <AllowlistEditor allowlist={allowlist} error={of('allowedIps', 'The list')} bare />
        </Fixed>
      ) : null}
      <div aria-live="polite">
        {out.length ? (
          <div className="mt-4">
            <Notice tone="warn" title="This list shuts out addresses that used the key in the last 7 days">
              <span className="font-mono text-[12.5px] wrap-anywhere">
                {out.map((address) => address ?? 'an address that the server could not know').join(', ')}
              </span>
              . Requests from there will be refused.
            </Notice>
          </div>
        ) : null}
      </div>
      <ChangeError error={rest} className="mt-4" />
      <SaveBar edited={edited} change={change} label="Save addresses" onSave={save} onUndo={allowlist.undo} />
      {works ? <AddressTester id={id} entries={allowlist.entries} edited={edited} /> : null}
      <SeenAddresses
        seen={seen}
        entries={allowlist.entries}
        onAdd={works && mayChange ? (address) => allowlist.add(address) : undefined}
      />
    </Card>
  )
}
