import type { Environment } from '#lib/contract/environment.ts'

const facts = [
  {
    title: 'Who calls',
    text: 'A key goes with each request. It says which tenant calls, so that usage is counted for you and nobody else.',
  },
  {
    title: 'What it may do',
    text: 'It holds only the permissions that you give it. A key for sign-in cannot read your account.',
  },
  {
    title: 'Test or live',
    text: 'A test key works against the sandbox and never charges real money. A live key is production. The two share nothing.',
  },
] as const

/** An environment without a key that works: what a key is, before the first is made. */
export function KeysEmpty({ environment, before }: { environment: Environment; before: boolean }) {
  return (
    <section
      aria-label="No key yet"
      className="rounded-card border border-line bg-card px-5 py-9 text-center shadow-lift sm:px-8"
    >
      <h2 className="text-balance font-semibold text-[22px] leading-7 tracking-tight">
        {before ? `No ${environment} key works any more` : `No ${environment} key yet`}
      </h2>
      <p className="mx-auto mt-2 max-w-[54ch] text-balance text-soft">
        {environment === 'test'
          ? 'Begin with a test key: name it, choose what it may do, and try it in the Playground.'
          : 'Make a live key when your test key works. You will confirm it with your passkey.'}{' '}
        Press Create New Key.
      </p>
      <dl className="mt-7 grid gap-3 text-left md:grid-cols-3">
        {facts.map(({ title, text }) => (
          <div key={title} className="rounded-xl border border-line p-4">
            <dt className="font-semibold">{title}</dt>
            <dd className="mt-1 text-pretty text-[14px] text-soft">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
