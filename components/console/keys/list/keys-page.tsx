import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../../ui/button.tsx'
import { PageHead } from '../../page-head.tsx'
import { Only } from '../../role.tsx'
import { KeyList } from './key-list.tsx'

/** The keys of one environment, and the way to a new one. */
export function KeysPage({ environment }: { environment: Environment }) {
  return (
    <>
      <PageHead
        title="Keys"
        description="An API key tells this server which tenant calls and what it may do. Each is shown once, when it is made."
        actions={
          <Only least="developer" to="make keys">
            {/* Not a link of the router: leaving the page that shows a secret must always be a departure that can warn. */}
            <a href={`/console/keys/new?environment=${environment}`} className={linkButton}>
              Create New Key
            </a>
          </Only>
        }
      />
      <KeyList key={environment} environment={environment} />
    </>
  )
}
