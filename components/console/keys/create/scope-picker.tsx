import { type Scope, scopes as sentences } from '#lib/contract/scopes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useWhyNotGiven } from '../../role.tsx'
import { ScopeChoice } from '../../scope-choice.tsx'
import { adminAmong, scopeGroups, scopePresets } from './scope-groups.ts'

interface Props {
  chosen: readonly Scope[]
  error: string | undefined
  onChoose: (scopes: readonly Scope[]) => void
}

/** What the key may do; those that administer the tenant are marked, and warned of. */
export function ScopePicker({ chosen, error, onChoose }: Props) {
  const admin = adminAmong(chosen)
  const whyNot = useWhyNotGiven()
  return (
    <ScopeChoice
      legend="Permissions"
      note="As few as it needs: what a key does not hold, nobody can do with it. They can be taken away later, never added."
      presets={scopePresets}
      groups={scopeGroups}
      words={(scope) => (
        <>
          {sentences[scope]}. {whyNot(scope)} {adminAmong([scope]).length ? <Badge tone="bad">admin</Badge> : null}
        </>
      )}
      barred={(scope) => whyNot(scope) !== undefined}
      chosen={chosen}
      error={error}
      onChoose={onChoose}
    >
      {admin.length ? (
        <Notice tone="bad" title="Not for client code">
          {admin.join(', ')} can change your tenant for everybody. A key that holds {admin.length > 1 ? 'them' : 'it'}{' '}
          belongs on a server of yours, never into a browser or an app: whoever opens it can read the key.
        </Notice>
      ) : null}
    </ScopeChoice>
  )
}
