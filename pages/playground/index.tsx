import type { GetServerSideProps } from 'next'
import Head from 'next/head'
import { verifiedAlgorithms } from '#lib/contract/verified-algorithms.ts'
import { env } from '#lib/server/env.ts'
import { logUnavailable } from '#lib/server/log-unavailable.ts'
import { toldOf } from '#lib/server/problem.ts'
import { demoKeys } from '#lib/server/tenants/demo.ts'
import { Footer } from '../../components/playground/footer.tsx'
import { VerifiedAlgorithms } from '../../components/playground/options/verified-algorithms.tsx'
import { Playground } from '../../components/playground/playground.tsx'
import type { DemoKey } from '../../components/playground/setup/demo-key.ts'
import { DrawnOrTold } from '../../components/shell/drawn-or-told.tsx'
import { Header } from '../../components/shell/header.tsx'
import { ReleasePresses } from '../../components/shell/release-presses.tsx'
import { SkipLink } from '../../components/shell/skip-link.tsx'

interface Props {
  baseUrl: string
  builtInApp: boolean
  demoKeys: readonly DemoKey[]
  /** Those that this server verifies, by their COSE numbers. */
  algorithms: readonly number[]
}

/**
 * The Playground. It stands here and not in app/ because whoever opens it for the first time waits for less: for a page of
 * app/ a browser needs almost as much more of Next as the whole Playground is.
 */
export default function PlaygroundPage({ baseUrl, builtInApp, demoKeys, algorithms }: Props) {
  return (
    <>
      <Head>
        <title>Playground · WebAuthn Playground</title>
        <meta
          name="description"
          content="Test a passkey against your API key, and see every message, every check and the token."
        />
      </Head>
      <SkipLink />
      <Header />
      <DrawnOrTold>
        <main id="main" className="flex-1">
          <h1 className="sr-only">WebAuthn Playground</h1>
          <VerifiedAlgorithms algorithms={algorithms}>
            <Playground
              baseUrl={baseUrl}
              builtInApp={builtInApp}
              demoKeys={demoKeys}
              footer={<Footer algorithms={algorithms.length} />}
            />
          </VerifiedAlgorithms>
        </main>
      </DrawnOrTold>
      <ReleasePresses />
    </>
  )
}

/**
 * Demo keys are read at each request: they belong to this server, never to the build. While the database refuses, the browser
 * is led to where that is said, and comes back from there.
 */
export const getServerSideProps: GetServerSideProps<Props> = async ({ req }) => {
  try {
    const { baseUrl, demo } = env()
    return { props: { baseUrl, builtInApp: demo, demoKeys: await demoKeys(), algorithms: verifiedAlgorithms } }
  } catch (error) {
    if (toldOf(error)?.code !== 'unavailable') throw error
    logUnavailable(error)
    const back = req.headers['x-path']?.toString() ?? '/playground'
    return { redirect: { destination: `/unavailable?next=${encodeURIComponent(back)}`, permanent: false } }
  }
}
