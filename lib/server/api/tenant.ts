import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { tenantAnswer } from '#lib/contract/tenant.ts'
import { describeCaller } from '../tenants/tenants.ts'
import { answers, refuseMalformed } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { operation, problemAnswer } from './operation.ts'
import { answer } from './text-answer.ts'

export const tenant = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed }).openapi(
  createRoute({
    ...operation('tenant.read'),
    method: 'get',
    path: '/tenant',
    summary: 'Who the key speaks for',
    responses: { ...answers(200, 'Tenant, key, relying party and limits', tenantAnswer), ...problemAnswer },
  }),
  (c) => answer(c, describeCaller(c.get('caller')), 200),
)
