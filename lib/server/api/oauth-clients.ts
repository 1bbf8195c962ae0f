import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import {
  clientCreate,
  clientCreated,
  clientList,
  clientQuery,
  clientSecretAsked,
  clientUpdate,
  clientView,
} from '#lib/contract/oauth.ts'
import { plainText } from '#lib/contract/plain-text.ts'
import { createClient, deleteClient, listClients, readClient, updateClient } from '../clients/clients.ts'
import { addSecret, removeSecret } from '../clients/secrets.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { onceWithSecret } from './once.ts'
import { operation, problemAnswer } from './operation.ts'

const secretParams = params.extend({ secretId: plainText(64) })

/** OAuth clients, managed with an API key or a client's own token. */
export const oauthClients = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('oauth.clients.create', { body: true }),
      method: 'post',
      path: '/oauth/clients',
      summary: 'Create an OAuth client of this environment',
      request: { body: json(clientCreate), headers: onceWithSecret },
      responses: {
        ...answers(
          201,
          'The client; a confidential one with its secret: the only time that it is shown',
          clientCreated,
        ),
        ...problemAnswer,
      },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      return c.json(await createClient(c.get('caller'), c.req.valid('json'), { idempotencyKey }), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('oauth.clients.list'),
      method: 'get',
      path: '/oauth/clients',
      summary: 'List the OAuth clients of this environment',
      request: { query: clientQuery },
      responses: { ...answers(200, 'Clients, oldest first', clientList), ...problemAnswer },
    }),
    async (c) => c.json(await listClients(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('oauth.clients.read'),
      method: 'get',
      path: '/oauth/clients/{id}',
      summary: 'Read an OAuth client',
      request: { params },
      responses: { ...answers(200, 'The client', clientView), ...problemAnswer },
    }),
    async (c) => c.json(await readClient(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('oauth.clients.update', { body: true }),
      method: 'patch',
      path: '/oauth/clients/{id}',
      summary: 'Change an OAuth client: all but its type',
      request: { params, body: json(clientUpdate) },
      responses: { ...answers(200, 'The client', clientView), ...problemAnswer },
    }),
    async (c) => c.json(await updateClient(c.get('caller'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...operation('oauth.clients.delete'),
      method: 'delete',
      path: '/oauth/clients/{id}',
      summary: 'Delete an OAuth client, and end all that it was given',
      request: { params },
      responses: { 204: { description: 'Deleted' }, ...problemAnswer },
    }),
    async (c) => {
      await deleteClient(c.get('caller'), c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
  .openapi(
    createRoute({
      ...operation('oauth.clients.secrets.create'),
      method: 'post',
      path: '/oauth/clients/{id}/secrets',
      summary: 'Make a further secret of a confidential client; two work at once',
      request: { params, headers: onceWithSecret },
      responses: {
        ...answers(201, 'The secret: the only time that it is shown', clientSecretAsked),
        ...problemAnswer,
      },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      return c.json(await addSecret(c.get('caller'), c.req.valid('param').id, { idempotencyKey }), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('oauth.clients.secrets.delete'),
      method: 'delete',
      path: '/oauth/clients/{id}/secrets/{secretId}',
      summary: 'Remove one of a client’s two secrets',
      request: { params: secretParams },
      responses: { 204: { description: 'Removed' }, ...problemAnswer },
    }),
    async (c) => {
      const { id, secretId } = c.req.valid('param')
      await removeSecret(c.get('caller'), id, secretId)
      return c.body(null, 204)
    },
  )
