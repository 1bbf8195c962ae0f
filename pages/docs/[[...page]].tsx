import type { GetServerSideProps } from 'next'
import Head from 'next/head'
import { env } from '#lib/server/env.ts'
import { logUnavailable } from '#lib/server/log-unavailable.ts'
import { toldOf } from '#lib/server/problem.ts'
import { demoKeys } from '#lib/server/tenants/demo.ts'
import { pageOf } from '../../components/docs/contents.ts'
import { Documentation, type DocumentationProps } from '../../components/docs/documentation.tsx'
import type { OpenApi } from '../../components/docs/reference/document.ts'

/** Next's own script is left out: these pages are read, and what a press does is in components/docs/script. */
export const config: object = { unstable_runtimeJS: false }

/** The documentation: one address for each page, with this server's address and the reader's demo key in the code. */
export default function DocumentationPage(props: DocumentationProps) {
  const page = pageOf(props.path)
  return (
    <>
      <Head>
        <title>{`${page?.title ?? 'No such page'} · Docs · WebAuthn Playground`}</title>
        {page ? <meta name="description" content={page.description} /> : null}
      </Head>
      <Documentation {...props} />
    </>
  )
}

export const getServerSideProps: GetServerSideProps<DocumentationProps> = async ({ params, req, res }) => {
  const path = [params?.page ?? []].flat().join('/')
  if (path === '') return { redirect: { destination: '/docs/start', permanent: false } }
  if (!pageOf(path)) res.statusCode = 404
  const [demo] = await demoKeys().catch(unlessUnavailable)
  return {
    props: {
      path,
      baseUrl: env().baseUrl,
      demo: demo ?? null,
      ...(path === 'reference' ? { openapi: await openapi() } : {}),
      nonce: req.headers['x-nonce']?.toString() ?? null,
    },
  }
}

/** While the database refuses, pages are read without a key in them. */
function unlessUnavailable(error: unknown): [] {
  if (toldOf(error)?.code !== 'unavailable') throw error
  logUnavailable(error)
  return []
}

/** The document that the API gives, of which the reference is drawn. */
async function openapi(): Promise<OpenApi> {
  const { api } = await import('#lib/server/api/app.ts')
  return (await api().request('/v1/openapi.json')).json()
}
