import type { Environment } from '#lib/contract/environment.ts'
import { BackLink } from '../back-link.tsx'

/** The way back to the list. */
export function BackToKeys({ environment = 'test' }: { environment?: Environment }) {
  return (
    <BackLink href={`/console/keys?environment=${environment}`}>
      {environment === 'live' ? 'Live keys' : 'Test keys'}
    </BackLink>
  )
}
