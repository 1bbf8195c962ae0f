import { Monogram } from '../playground/setup/monogram.tsx'

/** An app's mark and name, in the line of a sentence. */
export function AppName({ client: { name, logoUrl } }: { client: { name: string; logoUrl: string | null } }) {
  return (
    <span className="font-semibold text-ink wrap-anywhere">
      <span className="mr-1.5 inline-block overflow-hidden align-[-4px]">
        <Monogram name={name} logoUrl={logoUrl} size="size-5 rounded-[5px] text-[11px] p-0!" />
      </span>
      {name}
    </span>
  )
}
