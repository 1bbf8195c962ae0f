import { Hono } from 'hono'
import { Problem } from '../problem.ts'
import { jwks } from '../tokens/signing-keys.ts'
import type { ApiEnv } from './context.ts'

/** What anybody may read: the keys that verify tokens, and whether the server lives and is ready. */
export const publicRoutes = new Hono<ApiEnv>()
  .get('/.well-known/jwks.json', async (c) => c.json(await jwks(), 200, { 'Cache-Control': 'public, max-age=60' }))
  .get('/livez', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }))
  .get('/readyz', async (c) => {
    try {
      await jwks(0)
    } catch (cause) {
      throw new Problem('unavailable', 'The database or the signing key cannot be reached.', {
        cause,
        headers: { 'Retry-After': '5' },
      })
    }
    return c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' })
  })
