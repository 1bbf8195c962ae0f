'use client'

import PageError from './error.tsx'
import './globals.css'

/** The same where not even the shell could be drawn. */
export default function ShellError(props: Parameters<typeof PageError>[0]) {
  return (
    <html lang="en">
      <body className="flex min-h-[calc(100dvh/var(--zoom))] flex-col font-sans">
        <title>This page could not be drawn</title>
        <PageError {...props} />
      </body>
    </html>
  )
}
