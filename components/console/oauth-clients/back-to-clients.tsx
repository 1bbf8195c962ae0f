import type { Environment } from '#lib/contract/environment.ts'
import { BackLink } from '../back-link.tsx'
import { clientsPath } from './paths.ts'

/** The way back to the list. */
export function BackToClients({ environment = 'test' }: { environment?: Environment }) {
  return (
    <BackLink href={clientsPath(environment)}>
      {environment === 'live' ? 'Live OAuth clients' : 'Test OAuth clients'}
    </BackLink>
  )
}
