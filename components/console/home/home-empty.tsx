import type { HomeView } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Teaching } from '../teaching.tsx'
import { stepWords } from './getting-started.tsx'

const facts = [
  {
    title: 'A key calls',
    text: 'Your server, or the Playground, calls this one with an API key. A test key works against the sandbox and costs nothing.',
  },
  {
    title: 'A passkey signs in',
    text: 'People register a passkey and sign in with it. Each ceremony is checked here, step by step, and refused with the reason.',
  },
  {
    title: 'A token says who',
    text: 'Every sign-in ends in a token for your tenant. Then this page shows how many there were, how many failed, and why.',
  },
] as const

interface Props {
  environment: Environment
  /** Undefined for who cannot do them. */
  steps: HomeView['steps'] | undefined
}

/** An environment in which nothing has happened: what will be here, and the button that begins it. */
export function HomeEmpty({ environment, steps }: Props) {
  const next = steps?.find(({ done }) => !done)?.step
  const live = environment === 'live'
  const words = next && stepWords[next]
  return (
    <Teaching
      whole
      region="Nothing has happened yet"
      title={live ? 'Nobody has signed in live yet' : 'From an API key to a token'}
      facts={facts}
      begin={
        steps && live
          ? { href: '/console/keys/new?environment=live', label: 'Make a live key' }
          : words && { href: words.href, label: words.button }
      }
      docs="/docs/start"
    >
      {live
        ? 'The live environment shares nothing with test. It begins with a live key, which you confirm with your passkey.'
        : 'This page shows how sign-ins go, once there are some. The first takes five minutes.'}
    </Teaching>
  )
}
