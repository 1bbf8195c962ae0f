import type { ClientView } from '#lib/contract/oauth.ts'
import type { GrantType } from '#lib/contract/oauth-scopes.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { whyNoGrant } from '../client-rules.ts'
import { grantOrder, grantWords } from '../client-words.ts'

interface Props {
  type: ClientView['type']
  chosen: readonly GrantType[]
  error: string | undefined
  onChoose: (grants: readonly GrantType[]) => void
}

/** How the client gets tokens: the ways in plain words, each with its name in OAuth. */
export function GrantsField({ type, chosen, error, onChoose }: Props) {
  return (
    <fieldset aria-describedby={error ? 'grants-error' : undefined}>
      <legend className="mb-2 font-semibold text-[13px]">How it gets tokens</legend>
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
        {grantOrder.map((grant) => {
          const { label, name, note } = grantWords[grant]
          const why = whyNoGrant(grant, { type, grants: chosen })
          return (
            <Checkbox
              key={grant}
              label={
                <>
                  {label} <span className="font-mono text-[12.5px] text-soft">{name}</span>
                </>
              }
              note={why ?? note}
              checked={chosen.includes(grant)}
              disabled={why !== undefined}
              onToggle={(on) => onChoose(on ? [...chosen, grant] : chosen.filter((each) => each !== grant))}
            />
          )
        })}
      </div>
      {error ? (
        <p id="grants-error" className="mt-2.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}
