import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

// The pages’ typeface under an address that stays, for the authorization server's own pages (lib/server/oauth/pages): they
// are not Next's, and do not know what Next calls its copy.

export const dynamic = 'force-static'

/** Read when the app is built. */
export async function GET(): Promise<Response> {
  const file = join(process.cwd(), 'node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2')
  return new Response(await readFile(file), {
    headers: { 'Content-Type': 'font/woff2', 'Cache-Control': 'public, max-age=86400' },
  })
}
