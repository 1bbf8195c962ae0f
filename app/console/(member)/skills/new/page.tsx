import type { Metadata } from 'next'
import { OnlyPage } from '../../../../../components/console/only-page.tsx'
import { RegisterSkill } from '../../../../../components/console/skills/create/register-skill.tsx'

export const metadata: Metadata = { title: 'Register a skill' }

/** Registers a skill; a test skill, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return (
    <OnlyPage
      least="developer"
      title="Register a skill"
      to="register skills"
      back={{ href: '/console/skills', name: 'Skills' }}
    >
      <RegisterSkill environment={environment === 'live' ? 'live' : 'test'} />
    </OnlyPage>
  )
}
