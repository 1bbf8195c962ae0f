import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { consoleApi } from './app.ts'
import { admits, type ConsoleEnv, viewer } from './context.ts'

test('every route of the Console says first who may ask it', () => {
  expect(undeclared(consoleApi)).toEqual([])
  expect(consoleApi.routes.filter(({ handler }) => admits(handler)).length).toBeGreaterThan(50)
})

test('one that says nothing, or says it after something else, is found', () => {
  const said = new Hono<ConsoleEnv>().get('/said', viewer, (c) => c.text(''))
  expect(undeclared(said)).toEqual([])
  const silent = said.get('/silent', (c) => c.text('')).post('/late', (_c, next) => next(), viewer)
  expect(undeclared(silent)).toEqual(['GET /silent', 'POST /late'])
})

test('what a viewer may change is their own, and what only an owner may is listed here', () => {
  const declared = (role: string) =>
    consoleApi.routes
      .filter(({ method, handler }) => method !== 'GET' && admits(handler) === role)
      .map(({ method, path }) => `${method} ${path}`)
      .sort()
  expect(declared('viewer')).toEqual([
    'DELETE /passkeys/:id',
    'DELETE /sessions/:id',
    'PATCH /passkeys/:id',
    'POST /confirm/begin',
    'POST /confirm/finish',
    'POST /join/accept',
    // It says what would be; it changes nothing.
    'POST /keys/:id/allowlist/test',
    'POST /passkeys/begin',
    'POST /passkeys/finish',
    'POST /session/tenant',
    'POST /sign-out',
  ])
  expect(declared('owner')).toEqual([
    'DELETE /invitations/:id',
    'DELETE /members/:id',
    'DELETE /trust-anchors/:id',
    'PATCH /account',
    'PATCH /attestation',
    'PATCH /branding',
    'PATCH /members/:id',
    'PATCH /relying-party',
    'PATCH /sign-up',
    'POST /account/funds',
    'POST /account/payment-methods',
    'POST /account/payment-methods/:id/remove',
    'POST /invitations',
    'POST /trust-anchors',
  ])
})

/** The routes whose first handler does not say who may ask. */
function undeclared({ routes }: Hono<ConsoleEnv>): string[] {
  const first = new Map<string, unknown>()
  for (const { method, path, handler } of routes) {
    const name = `${method} ${path}`
    if (method !== 'ALL' && !first.has(name)) first.set(name, handler)
  }
  return [...first].filter(([, handler]) => !admits(handler)).map(([name]) => name)
}
