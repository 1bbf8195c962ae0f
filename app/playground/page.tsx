import type { Metadata } from 'next'
import { connection } from 'next/server'
import { verifiedAlgorithms } from '#lib/contract/verified-algorithms.ts'
import { env } from '#lib/server/env.ts'
import { demoKeys } from '#lib/server/tenants/demo.ts'
import { Footer } from '../../components/playground/footer.tsx'
import { VerifiedAlgorithms } from '../../components/playground/options/verified-algorithms.tsx'
import { Playground } from '../../components/playground/playground.tsx'
import { whileAvailable } from '../while-available.ts'

export const metadata: Metadata = { title: 'Playground' }

/** The Playground. Demo keys are read at each request: they belong to this server, never to the build. */
export default async function PlaygroundPage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <h1 className="sr-only">WebAuthn Playground</h1>
      <VerifiedAlgorithms algorithms={verifiedAlgorithms}>
        <Playground
          baseUrl={env().baseUrl}
          builtInApp={env().demo}
          demoKeys={await whileAvailable(demoKeys())}
          footer={<Footer algorithms={verifiedAlgorithms.length} />}
        />
      </VerifiedAlgorithms>
    </main>
  )
}
