import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../../ui/button.tsx'
import { PageHead } from '../../page-head.tsx'
import { Only } from '../../role.tsx'
import { ClientList } from './client-list.tsx'
import { SignUp } from './sign-up.tsx'

/** The OAuth clients of one environment, and the way to a new one. */
export function ClientsPage({ environment }: { environment: Environment }) {
  return (
    <>
      <PageHead
        title="OAuth clients"
        description="An app that signs people in here, or acts for them, is a client: people see its name and allow it what it asks for. It never sees their passkeys."
        actions={
          <Only least="developer" to="make clients">
            {/* Not a link of the router: leaving the page that shows a secret must always be a departure that can warn. */}
            <a href={`/console/oauth-clients/new?environment=${environment}`} className={linkButton}>
              Create client
            </a>
          </Only>
        }
      />
      <div className="space-y-4">
        <ClientList key={environment} environment={environment} />
        <SignUp />
      </div>
    </>
  )
}
