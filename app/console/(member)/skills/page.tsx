import type { Metadata } from 'next'
import { SkillsPage } from '../../../../components/console/skills/list/skills-page.tsx'

export const metadata: Metadata = { title: 'Skills' }

/** The skills of an environment: test, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <SkillsPage environment={environment === 'live' ? 'live' : 'test'} />
}
