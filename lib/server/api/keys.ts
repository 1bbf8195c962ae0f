import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import {
  allowlistTest,
  allowlistVerdict,
  keyCreate,
  keyCreated,
  keyList,
  keyQuery,
  keyRotate,
  keyUpdate,
  keyView,
} from '#lib/contract/keys.ts'
import { testAllowlist } from '../keys/allowlist.ts'
import { listKeys, readKey, revokeKey, updateKey } from '../keys/keys.ts'
import { createKey, rotateKey } from '../keys/make-key.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { onceWithSecret } from './once.ts'
import { operation, problemAnswer } from './operation.ts'

const withinBounds = 'more is refused with `insufficient_scope`.'
const ofCreate = `A key passes on its own scopes and tier, and at most its own expiry and addresses, which the new key has where none are said; ${withinBounds}`
const ofUpdate = `A key gives another one more time or addresses only within its own expiry and allowlist, and itself none; ${withinBounds}`
const ofRotate = `The successor is within the scopes, tier, expiry and addresses of the key that asks; ${withinBounds}`

/** API keys, managed with an API key. */
export const keys = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('keys.create', { body: true, note: ofCreate }),
      method: 'post',
      path: '/keys',
      summary: 'Create a key of this environment',
      request: { body: json(keyCreate), headers: onceWithSecret },
      responses: {
        ...answers(201, 'The key, with its secret: the only time that it is shown', keyCreated),
        ...problemAnswer,
      },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      return c.json(await createKey(c.get('caller'), c.req.valid('json'), { idempotencyKey }), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('keys.list'),
      method: 'get',
      path: '/keys',
      summary: 'List the keys of this environment',
      request: { query: keyQuery },
      responses: { ...answers(200, 'Keys, oldest first', keyList), ...problemAnswer },
    }),
    async (c) => c.json(await listKeys(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('keys.read'),
      method: 'get',
      path: '/keys/{id}',
      summary: 'Read a key',
      request: { params },
      responses: { ...answers(200, 'The key', keyView), ...problemAnswer },
    }),
    async (c) => c.json(await readKey(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('keys.update', { body: true, note: ofUpdate }),
      method: 'patch',
      path: '/keys/{id}',
      summary: 'Change a key: name, fewer scopes, addresses, expiry',
      request: { params, body: json(keyUpdate) },
      responses: { ...answers(200, 'The key', keyView), ...problemAnswer },
    }),
    async (c) => c.json(await updateKey(c.get('caller'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...operation('keys.rotate', { body: 'optional', note: ofRotate }),
      method: 'post',
      path: '/keys/{id}/rotate',
      summary: 'Make a key’s successor; the key itself works on for the overlap',
      request: { params, body: { ...json(keyRotate), required: false }, headers: onceWithSecret },
      responses: { ...answers(201, 'The successor, with its secret', keyCreated), ...problemAnswer },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      const { id } = c.req.valid('param')
      return c.json(await rotateKey(c.get('caller'), id, c.req.valid('json'), { idempotencyKey }), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('keys.revoke'),
      method: 'post',
      path: '/keys/{id}/revoke',
      summary: 'Revoke a key; a second time changes nothing',
      request: { params },
      responses: { ...answers(200, 'The key', keyView), ...problemAnswer },
    }),
    async (c) => c.json(await revokeKey(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('keys.allowlist.test', { body: true }),
      method: 'post',
      path: '/keys/{id}/allowlist/test',
      summary: 'Whether an address would pass a key’s allowlist, and why',
      request: { params, body: json(allowlistTest) },
      responses: { ...answers(200, 'The verdict', allowlistVerdict), ...problemAnswer },
    }),
    async (c) => c.json(await testAllowlist(c.get('caller'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
