import { scopeNames } from '#lib/contract/scopes.ts'
import { api } from '../server/api/app.ts'
import { newConsole } from '../server/api/suite/console-harness.ts'
import { baseUrl, send } from '../server/api/suite/harness.ts'
import { closeDatabase } from '../server/db/database.ts'
import { env } from '../server/env.ts'
import { createKey } from '../server/keys/make-key.ts'
import { indexAll } from '../server/logs/segments/index-logs.ts'
import { actFor } from '../server/tenants/tenants.ts'
import { createWebhook } from '../server/webhooks/endpoints.ts'
import { beginAsking } from './list-plans.ts'
import { fill, partOf } from './seed/fill.ts'
import { openSink } from './seed/sink.ts'

/** What is searched for, by the paths that take it. */
const searches: [path: RegExp, queries: string[]][] = [
  [/\/users$/, ['username=ada']],
  [/\/v1\/passkeys$/, ['username=ada']],
  [/\/audit$/, ['kind=changes', 'kind=sign-ins', 'user=ada', 'q=key', 'action=key.created', 'environment=live']],
  [
    /\/(?:logs|logs\/figures)$/,
    [
      ...['status=4xx', 'user=ada', 'key=x', 'client=cli_x', 'operation=tenant.read', 'address=127.0.0.1'],
      // Some that are there, and one that two lead to.
      ...['address=198.51.0.7', 'user=ada.0@acme.example', 'user=ada.0@acme.example&address=198.51.0.7'],
    ],
  ],
  [/\/transactions$/, ['type=top_up', 'from=2026-01-01T00:00:00Z']],
  [/\/deliveries$/, ['status=failed', 'status=pending', 'status=delivered']],
  [/\/v1\/usage$/, ['groupBy=hour', 'groupBy=key', 'groupBy=operation']],
  [/\/find$/, ['q=ada', 'q=usr_12345678901234']],
  [/\/home$/, ['range=7d', 'range=30d']],
  [/\/balance$/, ['range=day']],
]

/**
 * What is no list of this server's: pages, packages, the authorization server's own steps, what the MPC server keeps, and what
 * a user's token alone may read.
 */
const others = /^\/(?!v1\/|console\/api\/)|^\/v1\/(?:openapi\.json|mpc\b|approvals\/)|mpc-keys|\*/

/**
 * Asks every route that reads, of the API and of the Console, with each of its searches and one more page where there is one,
 * in a tenant that has many rows.
 *
 * @returns what each was answered with
 */
export async function askEveryList(): Promise<{ path: string; status: number }[]> {
  const { tenant, browser } = await newConsole()
  const caller = await actFor(tenant.id, 'live')
  const key = await createKey(caller, { type: 'live', name: 'All', tier: 'enterprise', scopes: [...scopeNames] })
  await closeDatabase()
  const sink = await openSink(env().database)
  await fill(sink, tenant.id, { ...partOf(0.002), keys: 300, days: 3 }, () => undefined)
  await sink.close()
  await indexAll()
  const ask = async (path: string) => {
    if (path.startsWith('/v1')) return send('GET', path, { headers: { Authorization: `Bearer ${key.secret}` } })
    const response = await browser.fetch(`${baseUrl}${path}`, { headers: { 'Playground-Tenant': tenant.id } })
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : undefined }
  }
  const users = (await ask('/v1/users?limit=1')).body as { data: { id: string }[] }
  const hook = await createWebhook(caller, { url: 'https://acme.example/hook', events: ['user.deleted'] })
  const ids: Record<string, string> = {
    ...{ tenantId: tenant.id, environment: 'live', '/webhooks': hook.id },
    '/users': users.data[0]?.id ?? '',
    '/keys': key.id,
  }
  beginAsking()
  const answers: { path: string; status: number }[] = []
  for (const route of new Set(api().routes.flatMap(({ method, path }) => (method === 'GET' ? [path] : [])))) {
    if (others.test(route)) continue
    const path = route.replace(
      /(\/[a-z-]+)?\/:(\w+)/g,
      (_, before = '', name) => `${before}/${ids[name] ?? ids[before] ?? 'none'}`,
    )
    const queries = searches.find(([pattern]) => pattern.test(path))?.[1] ?? []
    // Nothing is found by nothing.
    for (const query of path.endsWith('/find') ? queries : ['', ...queries])
      answers.push(await askOne(path, query, ask))
  }
  return answers
}

async function askOne(
  path: string,
  query: string,
  ask: (path: string) => Promise<{ status: number; body?: { nextCursor?: string | null } }>,
): Promise<{ path: string; status: number }> {
  // Some ask for an environment, some refuse it.
  for (const environment of ['environment=live', '']) {
    const asked = `${path}?${[environment, query].filter(Boolean).join('&')}`
    const { status, body } = await ask(asked)
    if (status === 400 && environment) continue
    if (body?.nextCursor) await ask(`${asked}&cursor=${encodeURIComponent(body.nextCursor)}`)
    return { path: asked, status }
  }
  throw new Error('unreachable')
}
