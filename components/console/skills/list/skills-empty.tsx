import type { Environment } from '#lib/contract/environment.ts'
import { Teaching } from '../../teaching.tsx'

const facts = [
  {
    title: 'What goes in',
    text: 'You say it with a JSON Schema. Input that is not of it is refused with where and why, and never reaches you.',
  },
  {
    title: 'Who calls',
    text: 'This server does, with a signature (Standard Webhooks) that your endpoint verifies. It follows no redirect and calls public addresses alone.',
  },
  {
    title: 'What it costs',
    text: 'The price is reserved before your endpoint is called, and charged when its answer is of the output schema. What fails costs nothing.',
  },
] as const

/** An environment without a skill of the tenant's own: what one is, before the first is registered. */
export function SkillsEmpty({ environment }: { environment: Environment }) {
  return (
    <Teaching
      docs="/docs/skills-and-account"
      region="No skill of your own yet"
      title={`No ${environment} skill of your own yet`}
      facts={facts}
      begin={{
        href: `/console/skills/new?environment=${environment}`,
        label: 'Register the first skill',
        least: 'developer',
      }}
    >
      A skill is an HTTPS endpoint of yours that keys can have called through this server.{' '}
      {environment === 'test'
        ? 'Begin with a test skill: nothing is ever charged for it.'
        : 'Register a live one when your test skill works. You will confirm it with your passkey.'}
    </Teaching>
  )
}
