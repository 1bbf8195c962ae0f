import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import { cache } from 'react'
import { readInteraction } from '#lib/server/oauth/interactions.ts'
import { Interaction } from '../../../components/interaction/interaction.tsx'
import { InteractionOver } from '../../../components/interaction/interaction-over.tsx'
import { whileAvailable } from '../../while-available.ts'

interface Props {
  params: Promise<{ uid: string }>
}

const read = cache(async (uid: string) => whileAvailable(readInteraction(uid, await cookies())))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const interaction = await read((await params).uid)
  if (!interaction) return { title: { absolute: 'This sign-in is no longer open' } }
  const { prompt, tenant, client } = interaction
  return { title: { absolute: prompt === 'login' ? `Sign in to ${tenant.name}` : `${client.name} asks for access` } }
}

/**
 * Where an app sends its users: to sign in, or to allow what it asks for. What is over has status 200: Next draws a page
 * that is not found in the browser only, and without the theme.
 */
export default async function InteractionPage({ params }: Props) {
  await connection()
  const interaction = await read((await params).uid)
  return interaction ? <Interaction interaction={interaction} /> : <InteractionOver />
}
