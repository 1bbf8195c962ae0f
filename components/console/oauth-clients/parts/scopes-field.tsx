import { identityScopes, type OAuthScope, whyNotOffline, wordsOf } from '#lib/contract/oauth-scopes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { scopeGroups, scopePresets } from '../../keys/create/scope-groups.ts'
import { ScopeChoice } from '../../scope-choice.tsx'
import { type Access, whyNoScope } from '../client-rules.ts'

const groups = [{ title: 'Identity', scopes: Object.keys(identityScopes) as OAuthScope[] }, ...scopeGroups]

const presets = [
  { value: 'sign-in', label: 'Sign-in', scopes: ['openid', 'profile'] },
  { value: 'offline', label: 'Sign-in that lasts', scopes: ['openid', 'profile', 'offline_access'] },
  { value: 'wallet', label: 'Wallet', scopes: ['openid', 'profile', 'offline_access', 'mpc:keygen', 'mpc:sign'] },
  ...scopePresets.filter(({ value }) => value === 'monitoring' || value === 'automation'),
] as const satisfies readonly { value: string; label: string; scopes: readonly OAuthScope[] }[]

interface Props {
  access: Pick<Access, 'grants' | 'scopes'>
  error: string | undefined
  onChoose: (scopes: readonly OAuthScope[]) => void
}

/** What the client may ask for, in the words that its users are asked with. */
export function ScopesField({ access: { grants, scopes }, error, onChoose }: Props) {
  const barred = (scope: OAuthScope) => whyNoScope(scope, { grants })
  return (
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
      onChoose={onChoose}
    />
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
