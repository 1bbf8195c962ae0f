import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { userDetail, userList, usersQuery } from '#lib/contract/users.ts'
import { listUsers, readUser } from '../passkeys/users/users.ts'
import { deletePerson } from '../people/delete-person.ts'
import { answers, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { operation, problemAnswer } from './operation.ts'

const note = 'Not for access tokens that act for a user.'

/** The users of the environment. */
export const users = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('users.list', {
        note: `${note} Without \`username\` all users, newest first; with it those whose name begins so (upper and lower case differ), by name.`,
      }),
      method: 'get',
      path: '/users',
      summary: 'List users, or find them by what their username begins with',
      request: { query: usersQuery },
      responses: { ...answers(200, 'Users', userList), ...problemAnswer },
    }),
    async (c) => c.json(await listUsers(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('users.read', { note }),
      method: 'get',
      path: '/users/{id}',
      summary: 'Read a user with their passkeys',
      request: { params },
      responses: { ...answers(200, 'The user', userDetail), ...problemAnswer },
    }),
    async (c) => c.json(await readUser(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('users.delete', {
        note: `${note} The passkeys go with the user, and what those opened ends: sessions, apps’ grants with their tokens, and the user’s own tokens wherever this server is asked. MPC keys are frozen, and stay at the MPC server; where that does not answer, nobody signs with them once the last token of the user has expired.`,
      }),
      method: 'delete',
      path: '/users/{id}',
      summary: 'Delete a user with all passkeys',
      request: { params },
      responses: { 204: { description: 'Deleted' }, ...problemAnswer },
    }),
    async (c) => {
      await deletePerson(c.get('caller'), c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
