import scripts from '../../../../components/docs/scripts.built.ts'
import search from '../../../../components/docs/search.built.ts'

const assets: Readonly<Record<string, [type: string, text: string]>> = {
  'page.js': ['text/javascript', scripts.page.text],
  'search.js': ['text/javascript', scripts.search.text],
  'try-it.js': ['text/javascript', scripts['try-it'].text],
  'search.json': ['application/json', search.text],
}

/** What the documentation's pages load besides. Each is asked for by an address with its version in it. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const [type, text] = assets[(await params).name] ?? []
  if (type === undefined) return new Response('There is nothing here.', { status: 404 })
  return new Response(text, {
    headers: { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'public, max-age=31536000, immutable' },
  })
}
