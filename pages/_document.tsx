import NextDocument, { type DocumentContext, Head, Html, Main, NextScript } from 'next/document'
import { holdScript } from '../components/shell/hold-presses.ts'
import { themeScript } from '../components/ui/theme.ts'

interface Props {
  pageNonce?: string
  /** It has script of its own, which hears what is pressed before it. */
  listens: boolean
}

/** The shell of the pages that need no script and of the Playground, as app/layout.tsx is of the others. */
export default class Document extends NextDocument<Props> {
  static override async getInitialProps(context: DocumentContext) {
    const pageNonce = context.req?.headers['x-nonce']?.toString()
    const listens = context.pathname === '/playground'
    return { ...(await NextDocument.getInitialProps(context)), listens, ...(pageNonce ? { pageNonce } : {}) }
  }

  override render() {
    const { pageNonce, listens } = this.props
    const first = listens ? `${themeScript};${holdScript}` : themeScript
    return (
      <Html lang="en" suppressHydrationWarning>
        <Head nonce={pageNonce}>
          <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
          <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16181e" />
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by this request's nonce */}
          <script nonce={pageNonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: first }} />
        </Head>
        <body>
          <Main />
          <NextScript nonce={pageNonce} />
        </body>
      </Html>
    )
  }
}
