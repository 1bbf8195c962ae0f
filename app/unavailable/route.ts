import { unavailablePage } from '#lib/server/oauth/pages/unavailable-page.ts'
import { pathHere } from '../../components/console/sign-in-path.ts'

/** Where a browser is led from a page that cannot be read now; `next` is the page. */
export function GET(request: Request): Response {
  const back = pathHere(new URL(request.url).searchParams.get('next'))
  return new Response(unavailablePage(back), {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Retry-After': '2' },
  })
}
