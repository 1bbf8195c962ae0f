import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../../ui/button.tsx'
import { PageHead } from '../../page-head.tsx'
import { Only } from '../../role.tsx'
import { SkillList } from './skill-list.tsx'

/** The skills of one environment: those that are built in, and the tenant's own. */
export function SkillsPage({ environment }: { environment: Environment }) {
  return (
    <>
      <PageHead
        title="Skills"
        description="What a key with skills:execute can have done: by this server, or by an endpoint of yours. Input and output are checked against schemas, and what fails costs nothing."
        actions={
          <Only least="developer" to="register skills">
            {/* Not a link of the router: leaving the page that shows a secret must always be a departure that can warn. */}
            <a href={`/console/skills/new?environment=${environment}`} className={linkButton}>
              Register a skill
            </a>
          </Only>
        }
      />
      <SkillList key={environment} environment={environment} />
    </>
  )
}
