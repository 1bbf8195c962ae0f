import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { AppProps } from 'next/app'
import Head from 'next/head'
import '../app/globals.css'
import '../components/docs/docs.css'

/** The type and the measures of every page that is drawn here. */
export default function App({ Component, pageProps }: AppProps) {
  return (
    <>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <div
        className={`${GeistSans.variable} ${GeistMono.variable} flex min-h-[calc(100dvh/var(--zoom))] flex-col font-sans`}
      >
        <Component {...pageProps} />
      </div>
    </>
  )
}
