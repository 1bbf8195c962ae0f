import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  approvalFinished,
  authenticateBegin,
  authenticateBegun,
  authenticateFinish,
  authenticateFinished,
  passkey,
  passkeyList,
  passkeyQuery,
  passkeyRename,
  registerBegin,
  registerBegun,
  registerFinish,
  registerFinished,
} from '#lib/contract/passkeys.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { beginRegistration } from '../passkeys/begin-registration.ts'
import { finishAuthentication } from '../passkeys/finish-authentication.ts'
import { finishRegistration } from '../passkeys/finish-registration.ts'
import { list, rename } from '../passkeys/manage.ts'
import { deletePasskey } from '../people/delete-person.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { operation, problemAnswer, userTokenOf } from './operation.ts'
import { answer } from './text-answer.ts'

const userToken = z.object({ 'x-user-token': z.string().max(4096).optional() })

/** The four ceremony endpoints, and the passkeys they leave. */
export const passkeys = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('passkeys.register.begin', { body: true, countsItself: true }),
      method: 'post',
      path: '/passkeys/register/begin',
      summary: 'Begin a registration',
      description:
        'Needs the scope `passkeys:register`. What `options` choose goes on unchanged; `rp.id` and `user.id` are for a test environment. `mediation` is what the browser will be called with: with `conditional`, nobody need be present.',
      request: { body: json(registerBegin), headers: userToken },
      responses: { ...answers(200, 'Options for navigator.credentials.create()', registerBegun), ...problemAnswer },
    }),
    async (c) =>
      answer(c, await beginRegistration(c.get('caller'), { ...c.req.valid('json'), userToken: userTokenOf(c) }), 200),
  )
  .openapi(
    createRoute({
      ...operation('passkeys.register.finish', { body: true, countsItself: true }),
      method: 'post',
      path: '/passkeys/register/finish',
      summary: 'Finish a registration',
      request: { body: json(registerFinish) },
      responses: { ...answers(201, 'The new passkey', registerFinished), ...problemAnswer },
    }),
    async (c) => answer(c, await finishRegistration(c.get('caller'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...operation('passkeys.authenticate.begin', { body: true, countsItself: true }),
      method: 'post',
      path: '/passkeys/authenticate/begin',
      summary: 'Begin an authentication, or the approval of an action',
      description:
        'Needs the scope `passkeys:authenticate`. What `options` choose goes on unchanged; `rpId` is for a test environment.',
      request: { body: json(authenticateBegin) },
      responses: { ...answers(200, 'Options for navigator.credentials.get()', authenticateBegun), ...problemAnswer },
    }),
    async (c) => {
      const request = c.req.valid('json')
      if (request.action) c.set('operation', 'passkeys.approve.begin')
      return answer(c, await beginAuthentication(c.get('caller'), request), 200)
    },
  )
  .openapi(
    createRoute({
      ...operation('passkeys.authenticate.finish', { body: true, countsItself: true }),
      method: 'post',
      path: '/passkeys/authenticate/finish',
      summary:
        'Finish an authentication and get the user’s token, or the approval of the action that it was begun with',
      request: { body: json(authenticateFinish) },
      responses: {
        ...answers(200, 'The token, or the approval', authenticateFinished.or(approvalFinished)),
        ...problemAnswer,
      },
    }),
    async (c) => {
      const finished = await finishAuthentication(c.get('caller'), c.req.valid('json'))
      if ('approval' in finished) c.set('operation', 'passkeys.approve.finish')
      return answer(c, finished, 200)
    },
  )
  .openapi(
    createRoute({
      ...operation('passkeys.list', { verbDecides: true }),
      method: 'get',
      path: '/passkeys',
      summary: 'List passkeys',
      description: 'Needs the scope `passkeys:manage`, or a user’s own token in `X-User-Token` for that user’s.',
      request: { query: passkeyQuery, headers: userToken },
      responses: { ...answers(200, 'Passkeys, oldest first', passkeyList), ...problemAnswer },
    }),
    async (c) => c.json(await list(c.get('caller'), c.req.valid('query'), userTokenOf(c)), 200),
  )
  .openapi(
    createRoute({
      ...operation('passkeys.rename', { body: true, verbDecides: true }),
      method: 'patch',
      path: '/passkeys/{id}',
      summary: 'Rename a passkey',
      description: 'Needs the scope `passkeys:manage`, or the user’s own token in `X-User-Token`.',
      request: { params, body: json(passkeyRename), headers: userToken },
      responses: { ...answers(200, 'The passkey', passkey), ...problemAnswer },
    }),
    async (c) =>
      c.json(await rename(c.get('caller'), c.req.valid('param').id, c.req.valid('json').name, userTokenOf(c)), 200),
  )
  .openapi(
    createRoute({
      ...operation('passkeys.delete', { verbDecides: true }),
      method: 'delete',
      path: '/passkeys/{id}',
      summary: 'Delete a passkey',
      description: 'Needs the scope `passkeys:manage`, or the user’s own token in `X-User-Token`.',
      request: { params, headers: userToken },
      responses: { 204: { description: 'Deleted' }, ...problemAnswer },
    }),
    async (c) => {
      await deletePasskey(c.get('caller'), c.req.valid('param').id, userTokenOf(c))
      return c.body(null, 204)
    },
  )
