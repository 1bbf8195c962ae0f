import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { Icon } from '../../ui/icon.tsx'
import { signingSets, whoWords } from './who-words.ts'

/** Who can sign with whom, and in a sentence what that means. */
export function MpcWho({ keyOf: key, held }: { keyOf: MpcKey; held: boolean }) {
  const able = signingSets(key).filter((set) => held || !set.includes('device'))
  const name = (party: string) => `${party[0]?.toUpperCase()}${party.slice(1)}`
  return (
    <section aria-label="Who can sign" className="mt-3 border-line border-t pt-2.5 text-[13px]">
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
        <li className="font-semibold">Who can sign</li>
        {able.map((set) => (
          <li key={set.join()} className="inline-flex items-center gap-1.5">
            <Icon name="check" className="size-4 text-ok" />
            {set.map(name).join(' + ')}
          </li>
        ))}
        <li className="inline-flex items-center gap-1.5">
          <Icon name="cross" className="size-4 text-faint" />
          {key.threshold === 2 ? 'anybody alone' : 'any two'}
        </li>
      </ul>
      <p className="mt-1.5 text-soft">{whoWords(key, held)}</p>
    </section>
  )
}
