import type { Metadata } from 'next'
import { RegisterSkill } from '../../../../../components/console/skills/create/register-skill.tsx'

export const metadata: Metadata = { title: 'Register a skill' }

/** Registers a skill; a test skill, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <RegisterSkill environment={environment === 'live' ? 'live' : 'test'} />
}
