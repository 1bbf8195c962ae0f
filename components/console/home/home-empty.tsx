import type { HomeView } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../ui/button.tsx'
import { DocsLink } from '../docs-link.tsx'
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
  const begin =
    environment === 'live'
      ? { href: '/console/keys/new?environment=live', button: 'Make a live key' }
      : next && stepWords[next]
  return (
    <section
      aria-label="Nothing has happened yet"
      className="rounded-card border border-line bg-card px-5 py-9 text-center shadow-lift sm:px-8"
    >
      <h2 className="text-balance font-semibold text-[26px] leading-8 tracking-tight">
        {environment === 'live' ? 'Nobody has signed in live yet' : 'From an API key to a token'}
      </h2>
      <p className="mx-auto mt-2 max-w-[54ch] text-balance text-soft">
        {environment === 'live'
          ? 'The live environment shares nothing with test. It begins with a live key, which you confirm with your passkey.'
          : 'This page shows how sign-ins go, once there are some. The first takes five minutes.'}
      </p>
      {begin && steps ? (
        <a href={begin.href} className={`${linkButton} mt-5`}>
          {begin.button}
        </a>
      ) : null}
      <dl className="mt-7 grid gap-3 text-left md:grid-cols-3">
        {facts.map((fact) => (
          <div key={fact.title} className="rounded-xl border border-line p-4">
            <dt className="font-semibold">{fact.title}</dt>
            <dd className="mt-1 text-pretty text-[14px] text-soft">{fact.text}</dd>
          </div>
        ))}
      </dl>
      <DocsLink href="/docs/start" className="mt-5" />
    </section>
  )
}
