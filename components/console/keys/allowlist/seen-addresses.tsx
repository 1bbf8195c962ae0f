import { useRef } from 'react'
import type { KeyAddresses } from '#lib/contract/console.ts'
import { Button } from '../../../ui/button.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Time } from '../../../ui/time.tsx'
import { ChangeError } from '../../change-error.tsx'
import type { Data } from '../../use-data.ts'
import { verdictOn } from './allowlist.ts'

interface Props {
  seen: Data<KeyAddresses>
  /** The list as it stands on the page. */
  entries: readonly string[]
  /** Puts an address on the list; undefined where the list cannot be changed. */
  onAdd: ((address: string) => void) | undefined
}

/** From where the key was used lately, and whether the list names it. */
export function SeenAddresses({ seen: { data, error }, entries, onAdd }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <section aria-labelledby="seen-title" className="mt-5 border-line border-t pt-4">
      <h3 ref={heading} id="seen-title" tabIndex={-1} className="mb-1.5 outline-none font-semibold text-[13px]">
        Addresses seen in the last 7 days
      </h3>
      {data ? null : error ? <ChangeError error={error} /> : <Skeleton label="Reading the addresses" height="h-10" />}
      {data?.data.length === 0 ? (
        <p className="text-[14px] text-soft">The key was not used in the last 7 days.</p>
      ) : null}
      {data?.data.length ? (
        <ul aria-labelledby="seen-title" className="divide-y divide-line">
          {data.data.map(({ address, lastSeenAt }) => (
            <li key={address} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2 text-[14px]">
              <span className="min-w-0">
                {address ? (
                  <code className="font-mono text-[13.5px] wrap-anywhere">{address}</code>
                ) : (
                  'An address that the server could not know'
                )}{' '}
                <span className="ml-1.5 text-[13px] text-soft">
                  <Time iso={lastSeenAt} />
                </span>
              </span>
              {address && entries.length > 0 && verdictOn(entries, address)?.allowed ? (
                <span className="font-medium text-[13px] text-ok">on the list</span>
              ) : address && onAdd ? (
                <Button
                  look="small"
                  aria-label={`Add ${address}`}
                  onClick={() => {
                    onAdd(address)
                    // The button goes.
                    heading.current?.focus()
                  }}
                >
                  Add
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
