import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SkillPage } from '../../../../../../components/console/skills/detail/skill-page.tsx'

export const metadata: Metadata = { title: 'Skill' }

/** One skill. */
export default async function Page({ params }: { params: Promise<{ environment: string; id: string }> }) {
  const { environment, id } = await params
  if (environment !== 'test' && environment !== 'live') notFound()
  return <SkillPage environment={environment} id={decodeURIComponent(id)} />
}
