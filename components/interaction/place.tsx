import type { ReturnsTo } from '#lib/contract/oauth.ts'

/** Where an answer goes: the whole of it, never cut; of a name in other scripts also as browsers write it. */
export function Place({ of: { place, readable } }: { of: ReturnsTo }) {
  const written = <span className="font-mono text-[13px] text-ink wrap-anywhere">{place}</span>
  return readable ? (
    <>
      <span className="text-ink wrap-anywhere">{readable}</span> ({written})
    </>
  ) : (
    written
  )
}
