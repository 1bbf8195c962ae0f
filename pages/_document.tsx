import NextDocument, { type DocumentContext, Head, Html, Main, NextScript } from 'next/document'
import { themeScript } from '../components/ui/theme.ts'

/** The shell of the pages that need no script, as app/layout.tsx is of the others. */
export default class Document extends NextDocument<{ pageNonce?: string }> {
  static override async getInitialProps(context: DocumentContext) {
    const pageNonce = context.req?.headers['x-nonce']?.toString()
    return { ...(await NextDocument.getInitialProps(context)), ...(pageNonce ? { pageNonce } : {}) }
  }

  override render() {
    const { pageNonce } = this.props
    return (
      <Html lang="en" suppressHydrationWarning>
        <Head nonce={pageNonce}>
          <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
          <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16181e" />
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by this request's nonce */}
          <script nonce={pageNonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
        </Head>
        <body>
          <Main />
          <NextScript nonce={pageNonce} />
        </body>
      </Html>
    )
  }
}
