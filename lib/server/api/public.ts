import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { metadataView } from '#lib/contract/attestation.ts'
import { metadataHealth } from '../attestation/metadata.ts'
import { isDraining } from '../draining.ts'
import { env } from '../env.ts'
import { checkWritable } from '../health/health.ts'
import { limitsHealth } from '../limits/limits.ts'
import { exposition } from '../metrics/metrics.ts'
import { mpcServerHealth } from '../mpc-server/health.ts'
import { resourceMetadata } from '../oauth/access-token.ts'
import { Problem } from '../problem.ts'
import { relatedOrigins } from '../tenants/related-origins.ts'
import { jwks } from '../tokens/signing-keys.ts'
import { answers } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { problemAnswer } from './operation.ts'

const healthy = z.object({ status: z.literal('ok') })
const ready = z.object({
  status: z.enum(['ok', 'degraded']),
  limits: z.enum(['memory', 'redis']).optional(),
  mpc: z.enum(['ok', 'down']).optional(),
  metadata: metadataView.optional(),
})
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })

/** @see https://www.w3.org/TR/passkey-endpoints/ */
const passkeyEndpoints = z.object({ enroll: z.url(), manage: z.url() })

const protectedResource = z.looseObject({ resource: z.string(), authorization_servers: z.array(z.string()) })

const open = { method: 'get', security: [] as Record<string, string[]>[] } as const

/** What anybody may read: the keys that verify tokens, whether the server lives and is ready, and its counters. */
export const publicRoutes = new OpenAPIHono<ApiEnv>()
  .openapi(
    createRoute({
      ...open,
      operationId: 'jwks.read',
      path: '/.well-known/jwks.json',
      summary: 'The keys that verify tokens: next, current and retired',
      responses: { ...answers(200, 'A JWK Set (RFC 7517)', keySet), ...problemAnswer },
    }),
    async (c) => c.json((await jwks()) as z.infer<typeof keySet>, 200, { 'Cache-Control': 'public, max-age=60' }),
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'origins.read',
      path: '/.well-known/webauthn',
      summary: 'Origins outside this host’s domain that may use passkeys of this RP ID (WebAuthn related origins)',
      responses: { ...answers(200, 'Origins', z.object({ origins: z.array(z.string()) })), ...problemAnswer },
    }),
    async (c) => c.json(await relatedOrigins(), 200, { 'Cache-Control': 'public, max-age=60' }),
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'endpoints.read',
      path: '/.well-known/passkey-endpoints',
      summary:
        'Where people with an account here make and manage their passkeys, for credential managers that lead there',
      responses: {
        ...answers(200, 'Pages (A Well-Known URL for Relying Party Passkey Endpoints)', passkeyEndpoints),
        ...problemAnswer,
      },
    }),
    (c) => {
      // The one page where people sign in to an account, and add and remove its passkeys.
      const page = new URL('/console/me', env().baseUrl).href
      return c.json({ enroll: page, manage: page }, 200, { 'Cache-Control': 'public, max-age=3600' })
    },
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'resource.read',
      path: '/.well-known/oauth-protected-resource/v1',
      summary: 'Whose access tokens this API takes, and how (RFC 9728)',
      responses: {
        ...answers(200, 'Metadata of the API as a protected resource', protectedResource),
        ...problemAnswer,
      },
    }),
    (c) => c.json(resourceMetadata(), 200, { 'Cache-Control': 'public, max-age=60' }),
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'live.read',
      path: '/livez',
      summary: 'Whether the process lives; asks no database',
      responses: { ...answers(200, 'It lives', healthy), ...problemAnswer },
    }),
    (c) => c.json({ status: 'ok' as const }, 200, { 'Cache-Control': 'no-store' }),
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'ready.read',
      path: '/readyz',
      summary:
        'Whether it can serve: database and signing key; degraded where Redis is set and does not work, the MPC server that it started is down, or the file of FIDO’s metadata is broken or overdue',
      responses: { ...answers(200, 'It is ready', ready), ...problemAnswer },
    }),
    async (c) => {
      if (isDraining()) {
        throw new Problem('unavailable', 'This process was told to stop. Ask another.', {
          headers: { 'Retry-After': '5' },
        })
      }
      try {
        await Promise.all([jwks(0), checkWritable()])
      } catch (cause) {
        throw new Problem('unavailable', 'The database cannot be read and written, or there is no signing key.', {
          cause,
          headers: { 'Retry-After': '5' },
        })
      }
      const { store: limits, degraded } = await limitsHealth()
      const mpc = mpcServerHealth()
      const metadata = await metadataHealth()
      const stale = metadata !== null && (metadata.overdue || metadata.fault !== null)
      const status = degraded || stale || mpc === 'down' ? ('degraded' as const) : ('ok' as const)
      // Where limits are meant to be in memory there is nothing to say of them.
      const shared = degraded || limits === 'redis'
      return c.json(
        { status, ...(shared ? { limits } : {}), ...(mpc ? { mpc } : {}), ...(metadata ? { metadata } : {}) },
        200,
        {
          'Cache-Control': 'no-store',
        },
      )
    },
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'metrics.read',
      path: '/metrics',
      summary: 'Counters and durations of this process, for Prometheus; of nobody in particular',
      responses: {
        200: { description: 'Prometheus’ text format', content: { 'text/plain': { schema: z.string() } } },
        ...problemAnswer,
      },
    }),
    async (c) => {
      const { text, type } = await exposition()
      return c.text(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' })
    },
  )
