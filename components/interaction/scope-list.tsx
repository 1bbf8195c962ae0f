import type { InteractionView } from '#lib/contract/oauth.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { severalPlaces } from './several-places.ts'

/**
 * What an app asks for, in plain words. Where some of it was allowed before, what is new is marked; where that may be the
 * same at another place, or there are several, the places are named.
 */
export function ScopeList({ scopes }: Pick<InteractionView, 'scopes'>) {
  const marked = scopes.some(({ isNew }) => !isNew)
  const placed = marked || severalPlaces(scopes)
  return (
    <ul aria-label="What it asks for" className="divide-y divide-line border-line border-y">
      {scopes.map(({ scope, words, at, isNew }) => (
        <li key={`${scope} ${at}`} title={scope} className="flex items-center gap-3 py-2.5">
          <Icon name="check" className="size-4 text-faint" />
          <span className="min-w-0 flex-1">
            {words}
            {placed && at ? <span className="text-soft"> {at}</span> : null}
          </span>
          {marked && isNew ? <Badge>new</Badge> : null}
        </li>
      ))}
    </ul>
  )
}
