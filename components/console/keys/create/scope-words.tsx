import { type Scope, scopes as sentences } from '#lib/contract/scopes.ts'
import { adminAmong } from './scope-groups.ts'

/** Scopes in a row; those that administer the tenant in red. */
export function ScopeWords({ scopes, label }: { scopes: readonly string[]; label: string }) {
  const admin = adminAmong(scopes)
  return (
    <ul aria-label={label} className="flex flex-wrap gap-x-3 font-mono text-[12.5px] text-soft leading-5">
      {scopes.map((scope) => (
        <li key={scope} title={sentences[scope as Scope]} className={admin.includes(scope) ? 'text-bad' : ''}>
          {scope}
        </li>
      ))}
    </ul>
  )
}
