import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Header } from '../components/shell/header.tsx'
import { holdScript } from '../components/shell/hold-presses.ts'
import { ReleasePresses } from '../components/shell/release-presses.tsx'
import { SkipLink } from '../components/shell/skip-link.tsx'
import { themeScript } from '../components/ui/theme.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'WebAuthn Playground', template: '%s · WebAuthn Playground' },
  description: 'Test a passkey against your API key, and see every message, every check and the token.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#16181e' },
  ],
}

/** Runs before anything is drawn. */
const first = `${themeScript};${holdScript}`

/**
 * Pages without this header: a tenant's, for the users of its apps; the one that is made for frames; and those of a member in
 * the Console, who is named in a header of its own.
 */
const bare =
  /^\/(?:(?:interaction|approval)\/|account(?:[/?]|$)|playground\/frame\/inside|console(?!\/(?:sign-in|join|oauth-clients\/callback)(?:[/?]|$))(?:[/?]|$))/

/**
 * The shell of every page. The inline script sets the theme before the first paint, so that nothing flashes, and holds what
 * is pressed before the page listens, so that nothing is lost.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = await headers()
  const nonce = asked.get('x-nonce') ?? undefined
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by this request's nonce */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: first }} />
      </head>
      <body className="flex min-h-[calc(100dvh/var(--zoom))] flex-col font-sans">
        <SkipLink />
        {bare.test(asked.get('x-path') ?? '') ? null : <Header />}
        {children}
        <ReleasePresses />
      </body>
    </html>
  )
}
