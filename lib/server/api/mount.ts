import { handle } from 'hono/vercel'
import { api } from './app.ts'

const mounted = (request: Request) => handle(api())(request)

/** The API as a Next route handler: every method that Next can hand over. */
export const GET = mounted
export const HEAD = mounted
export const POST = mounted
export const PUT = mounted
export const PATCH = mounted
export const DELETE = mounted
export const OPTIONS = mounted
