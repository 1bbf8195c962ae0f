import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import { cache } from 'react'
import { readInteraction } from '#lib/server/oauth/interactions.ts'
import { Consent } from '../../../components/interaction/consent.tsx'
import { Frame } from '../../../components/interaction/frame.tsx'
import { Over } from '../../../components/interaction/over.tsx'
import { SignIn } from '../../../components/interaction/sign-in.tsx'

interface Props {
  params: Promise<{ uid: string }>
}

const read = cache(async (uid: string) => readInteraction(uid, await cookies()))

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
  if (!interaction) return <Over />
  const { prompt, tenant, environment, client } = interaction
  return (
    <Frame
      tenant={tenant}
      environment={environment}
      foot={
        prompt === 'login'
          ? `You sign in here, not at ${client.name}: it never sees your passkey.`
          : `Deny, and ${client.name} learns nothing but that.`
      }
    >
      {prompt === 'login' ? <SignIn interaction={interaction} /> : <Consent interaction={interaction} />}
    </Frame>
  )
}
