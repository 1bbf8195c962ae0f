import { connection } from 'next/server'
import { linkButton } from '../components/ui/button.tsx'

/** A page that does not exist. Dynamic like every page, so that its scripts carry the nonce. */
export default async function NotFound() {
  await connection()
  return (
    <main id="main" className="grid flex-1 place-items-center p-6 text-center">
      <div>
        <p className="font-mono text-[13px] text-faint">404</p>
        <h1 className="mt-2 font-semibold text-[28px] leading-tight tracking-tight">There is no page here</h1>
        <p className="mt-2 mb-6 text-soft">The address may be mistyped. The Playground is where it always is.</p>
        <a href="/playground" className={linkButton}>
          Open the Playground
        </a>
        <p className="mt-4 text-[13px] text-soft">
          What the server does, and how, is in the{' '}
          <a href="/docs" className="text-accent underline underline-offset-3">
            documentation
          </a>
          .
        </p>
      </div>
    </main>
  )
}
