import { type GrantType, type OAuthScope, wordsOf } from '#lib/contract/oauth-scopes.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { ChipChoice } from '../ui/chip.tsx'
import { type OAuthChoices, whyOfflineLeftOut } from './oauth-flow.ts'

const switches = [
  { name: 'dpop', label: 'Bind the tokens to a key', note: 'DPoP: a stolen token is worth nothing.' },
  { name: 'pushed', label: 'Push the request', note: 'PAR: the address bar carries only a reference.' },
  { name: 'askAgain', label: 'Ask for consent again', note: 'Also for what was allowed before.' },
  { name: 'signInAgain', label: 'Sign in again', note: 'As the same user, or as another one.' },
] as const

interface Props {
  /** What the client may ask for, and how it gets tokens. */
  client: { scopes: readonly OAuthScope[]; grants: readonly GrantType[]; dpopRequired?: boolean }
  choices: OAuthChoices
  /** The switches that mean something here; by default all. */
  offered?: readonly (typeof switches)[number]['name'][] | undefined
  onChoose: (choices: OAuthChoices) => void
}

/** What the app asks for, and how. */
export function OAuthForm({ client, choices, offered, onChoose }: Props) {
  const toggle = (scope: string, on: boolean) =>
    onChoose({
      ...choices,
      scopes: client.scopes.filter((each) => (each === scope ? on : choices.scopes.includes(each))),
    })
  const shown = offered ? switches.filter(({ name }) => offered.includes(name)) : switches
  const leftOut = whyOfflineLeftOut(choices, client.grants)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 @3xl:grid-cols-[minmax(0,8fr)_minmax(0,5fr)]">
      <fieldset>
        <legend className="mb-2 font-semibold text-[13px]">What the app asks for</legend>
        <div className="grid gap-x-6 gap-y-1.5 @md:grid-cols-2">
          {client.scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={<code className="font-mono text-[13px]">{scope}</code>}
              note={
                scope === 'offline_access' && leftOut
                  ? `${wordsOf(scope)}. It will be left out, since ${leftOut}.`
                  : wordsOf(scope)
              }
              checked={choices.scopes.includes(scope)}
              onToggle={(on) => toggle(scope, on)}
            />
          ))}
        </div>
      </fieldset>
      <div className="space-y-5">
        <div>
          <p aria-hidden="true" className="mb-2 font-semibold text-[13px]">
            Whom the access token is for
          </p>
          <ChipChoice
            label="Whom the access token is for"
            name="oauth-resource"
            choices={[
              { value: 'api', label: 'This API' },
              { value: 'mpc', label: 'MPC server' },
            ]}
            selected={choices.resource}
            onSelect={(resource) => onChoose({ ...choices, resource })}
          />
        </div>
        <fieldset>
          <legend className="mb-2 font-semibold text-[13px]">How</legend>
          <div className="grid gap-x-6 gap-y-1.5 @md:grid-cols-2 @3xl:grid-cols-1">
            {shown.map(({ name, label, note }) => (
              <Checkbox
                key={name}
                label={label}
                note={note}
                checked={choices[name]}
                disabled={name === 'dpop' && client.dpopRequired === true}
                onToggle={(on) => onChoose({ ...choices, [name]: on })}
              />
            ))}
          </div>
        </fieldset>
      </div>
    </div>
  )
}
