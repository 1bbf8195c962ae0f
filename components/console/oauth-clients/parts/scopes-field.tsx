import { identityScopes, type OAuthScope, whyNotOffline, wordsOf } from '#lib/contract/oauth-scopes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { scopeGroups, scopePresets } from '../../keys/create/scope-groups.ts'
import { useWhyNotGiven } from '../../role.tsx'
import { ScopeChoice } from '../../scope-choice.tsx'
import { type Access, mayBeOptional, whyNoScope } from '../client-rules.ts'

const groups = [{ title: 'Identity', scopes: Object.keys(identityScopes) as OAuthScope[] }, ...scopeGroups]

const presets = [
  { value: 'sign-in', label: 'Sign-in', scopes: ['openid', 'profile'] },
  { value: 'offline', label: 'Sign-in that lasts', scopes: ['openid', 'profile', 'offline_access'] },
  { value: 'wallet', label: 'Wallet', scopes: ['openid', 'profile', 'offline_access', 'mpc:keygen', 'mpc:sign'] },
  ...scopePresets.filter(({ value }) => value === 'monitoring' || value === 'automation'),
] as const satisfies readonly { value: string; label: string; scopes: readonly OAuthScope[] }[]

interface Props {
  access: Omit<Access, 'type'>
  error: string | undefined
  onChange: (more: Partial<Pick<Access, 'scopes' | 'optionalScopes'>>) => void
}

/** What the client may ask for, in the words that its users are asked with, and what of it they may leave out. */
export function ScopesField({ access: { grants, scopes, optionalScopes }, error, onChange }: Props) {
  const whyNot = useWhyNotGiven()
  // One that it has stays until somebody takes it away.
  const barred = (scope: OAuthScope) =>
    whyNoScope(scope, { grants }) ?? (scopes.includes(scope) ? undefined : whyNot(scope))
  return (
    <>
      <ScopeChoice
        legend="Scopes"
        note="What it may ask people for, in the words that they read on the consent page. As few as it needs: a long list makes people say no."
        presets={presets.filter(({ scopes }) => !scopes.some(barred))}
        groups={groups}
        words={(scope) =>
          barred(scope) ?? (
            <>
              {wordsOf(scope)}.{scope === 'offline_access' ? ` ${offlineWords(grants)}` : null}
              {barredAtAll(scope) ? <> {own}</> : null}
            </>
          )
        }
        barred={(scope) => barred(scope) !== undefined}
        chosen={scopes}
        error={error}
        onChoose={(scopes) => onChange({ scopes })}
      />
      <OptionalScopes
        scopes={scopes.filter(mayBeOptional)}
        optional={optionalScopes}
        onChange={(optionalScopes) => onChange({ optionalScopes })}
      />
    </>
  )
}

interface OptionalProps {
  scopes: readonly OAuthScope[]
  optional: readonly OAuthScope[]
  onChange: (optional: readonly OAuthScope[]) => void
}

function OptionalScopes({ scopes, optional, onChange }: OptionalProps) {
  if (scopes.length === 0) return null
  return (
    <fieldset className="mt-4">
      <legend className="font-semibold text-[13px]">What people may leave out</legend>
      <p className="mb-2.5 text-pretty text-[13px] text-soft">
        Each is a switch on the consent page; those that move money, sign or delete are off there at first. The app is
        told in scope what it got.
      </p>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            role="switch"
            aria-label={`${scope} may be left out`}
            label={<span className="font-mono text-[13.5px]">{scope}</span>}
            checked={optional.includes(scope)}
            onToggle={(on) => onChange(on ? [...optional, scope] : optional.filter((each) => each !== scope))}
          />
        ))}
      </div>
    </fieldset>
  )
}

const own = <Badge tone="bad">for itself only</Badge>

/** What `offline_access` needs, beyond being allowed. */
function offlineWords(grants: Access['grants']): string {
  const why = whyNotOffline(grants, 'consent')
  return why
    ? `It is left out of every request, since ${why}.`
    : 'Left out of a request that does not ask for consent (prompt=consent).'
}

/** Whether a scope is none that people are asked for. */
function barredAtAll(scope: OAuthScope): boolean {
  return whyNoScope(scope, { grants: [] }) !== undefined
}
