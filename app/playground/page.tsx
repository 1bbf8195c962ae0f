import type { Metadata } from 'next'
import { connection } from 'next/server'
import { env } from '#lib/server/env.ts'
import { demoKeys } from '#lib/server/tenants/demo.ts'
import { algorithms } from '#lib/webauthn/options.ts'
import { BrowserCapabilities } from '../../components/playground/browser-capabilities.tsx'
import { Playground } from '../../components/playground/playground.tsx'

export const metadata: Metadata = { title: 'Playground' }

/** The Playground. Demo keys are read at each request: they belong to this server, never to the build. */
export default async function PlaygroundPage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <h1 className="sr-only">WebAuthn Playground</h1>
      <Playground baseUrl={env().baseUrl} demoKeys={await demoKeys()} />
      <footer className="mx-auto flex max-w-[1400px] flex-wrap justify-between gap-x-8 gap-y-1 px-4 pt-2 pb-8 text-[12.5px] text-faint lg:px-6">
        <p>
          WebAuthn Level 3, {algorithms.length} signature algorithms. Tokens are JWTs signed with ES256. Keys and tokens
          stay in this tab.
        </p>
        <BrowserCapabilities />
      </footer>
    </main>
  )
}
