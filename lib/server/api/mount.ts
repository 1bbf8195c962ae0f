import { handle } from 'hono/vercel'
import { startSweeping } from '../sweeping.ts'
import { beginSending } from '../webhooks/sending/sender.ts'
import { api } from './app.ts'

// Next's bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundFronted?: boolean }

/** In this process the API is answered in front of Next: whatever reaches Next's mount all the same was not meant for it. */
export function answerElsewhere(): void {
  shared.playgroundFronted = true
}

function mounted(request: Request): Response | Promise<Response> {
  if (shared.playgroundFronted) return new Response(null, { status: 404 })
  // Nothing else tells a Next host that it serves.
  beginSending()
  startSweeping()
  return handle(api())(request)
}

/** The API as a Next route handler: every method that Next can hand over. */
export const GET = mounted
export const HEAD = mounted
export const POST = mounted
export const PUT = mounted
export const PATCH = mounted
export const DELETE = mounted
export const OPTIONS = mounted
