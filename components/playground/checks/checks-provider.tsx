import type { ProviderBug } from '#lib/webauthn/provider-bugs/index.ts'

interface ChecksProviderProps {
  bugs: readonly ProviderBug[]
  /** Who made the passkey, where that is known. */
  provider: string | null | undefined
}

/** What the browser or the passkey provider got wrong in the credential object: the server does not mind, other code may. */
export function ChecksProvider({ bugs, provider }: ChecksProviderProps) {
  return (
    <section aria-label="Credential object" className="rounded-xl border border-warn bg-warn-wash px-4 py-3.5">
      <h3 className="font-semibold text-[14px] text-warn">
        {bugs.length === 1 ? 'One thing is' : `${bugs.length} things are`} wrong in the credential object
      </h3>
      <p className="mt-0.5 text-[13px] text-soft">
        {provider ? `${provider}, or this browser, made it so.` : 'This browser or the passkey provider made it so.'}{' '}
        Nothing here refuses it; other libraries may read it differently.
      </p>
      <ul className="mt-2 divide-y divide-line text-[13px]">
        {bugs.map(({ id, what, expected, actual, spec }) => (
          <li key={id} className="py-2">
            <a href={spec} target="_blank" rel="noreferrer" className="font-medium underline underline-offset-2">
              {what}
            </a>
            <dl className="mt-1 grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 font-mono text-[12.5px] wrap-anywhere">
              <dt className="font-sans text-soft">expected</dt>
              <dd>{expected}</dd>
              <dt className="font-sans text-soft">actual</dt>
              <dd>{actual}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}
