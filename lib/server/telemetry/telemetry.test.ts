import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { isTraced } from '#lib/foundation/tracing/tracing.ts'
import { collector, valuesOf } from '../../setup/collector.ts'
import { freePort } from '../../setup/serve.ts'
import { api } from '../api/app.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { startTelemetry, stopTelemetry } from './telemetry.ts'

const shared = globalThis as { playgroundMetrics?: unknown }
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

afterEach(async () => {
  await stopTelemetry()
  env().otlpEndpoint = undefined
})

test('a collector has a span of each answer, by the request’s id, and the figures, and nothing of a secret', async () => {
  shared.playgroundMetrics = undefined
  const there = await collector()
  env().otlpEndpoint = there.url
  await startTelemetry()
  const { id } = await createTenant({ name: 'Traced', slug: 'traced' })
  const { secret } = await createKey(await actFor(id, 'test'), { name: 'traced', scopes: ['account:read'] })
  const ask = (path: string, headers: Record<string, string> = {}) =>
    api().request(path, { headers: { authorization: `Bearer ${secret}`, ...headers } })
  const good = await ask('/v1/tenant?token=swordfish', { traceparent: `00-${trace}-00f067aa0ba902b7-00` })
  const refused = await ask('/v1/usage')
  const nowhere = await ask('/v1/swordfish')
  expect([good.status, refused.status, nowhere.status]).toEqual([200, 403, 404])
  await stopTelemetry()

  const idOf = (answer: Response) => answer.headers.get('x-request-id')
  const spanOf = (answer: Response) =>
    there.spans().find(({ attributes }) => valuesOf(attributes)['playground.request_id'] === idOf(answer))
  const span = spanOf(good)
  expect(span).toMatchObject({ name: 'GET /v1/tenant', kind: 2, traceId: trace, parentSpanId: '00f067aa0ba902b7' })
  expect(valuesOf(span?.attributes ?? [])).toEqual({
    'http.request.method': 'GET',
    'http.route': '/v1/tenant',
    'http.response.status_code': 200,
    'playground.operation': 'tenant.read',
    'playground.request_id': idOf(good),
  })
  const steps = there.spans().filter(({ parentSpanId }) => parentSpanId && parentSpanId === span?.spanId)
  const query = steps.find(({ name }) => name === 'SELECT ApiKey')
  expect(query).toMatchObject({ kind: 3, traceId: trace })
  expect(valuesOf(query?.attributes ?? [])).toEqual({
    'db.system.name': env().database.engine,
    'db.query.text': expect.stringMatching(/^SELECT k.+ WHERE k\."id" = /),
  })
  expect(BigInt(span?.endTimeUnixNano ?? 0) >= BigInt(span?.startTimeUnixNano ?? 1)).toBe(true)
  expect(valuesOf(spanOf(refused)?.attributes ?? [])).toMatchObject({ 'error.type': 'insufficient_scope' })
  expect(spanOf(nowhere)?.name).toBe('GET')
  expect(spanOf(nowhere)?.traceId).not.toBe(trace)

  const metric = (name: string) => there.metrics().find((one) => one.name === name)
  const answered = metric('http_requests_total')?.sum
  const of200 = answered?.dataPoints.find(({ attributes }) => valuesOf(attributes).operation === 'tenant.read')
  expect([answered?.isMonotonic, of200?.asDouble]).toEqual([true, 1])
  const durations = metric('http_request_duration_seconds')?.histogram?.dataPoints ?? []
  const ofTenant = durations.find(({ attributes }) => valuesOf(attributes).operation === 'tenant.read')
  expect(ofTenant?.bucketCounts.length).toBe((ofTenant?.explicitBounds.length ?? 0) + 1)
  expect(ofTenant?.bucketCounts.reduce((sum, count) => sum + Number(count), 0)).toBe(1)

  expect(there.all()).not.toMatch(/swordfish|sk_test_/)
  for (const word of [secret, id]) expect(there.all()).not.toContain(word)
  await there.stop()
})

test('without the setting nobody is told, and only one module loads the library', async () => {
  await startTelemetry()
  expect(isTraced()).toBe(false)
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  const loading = files.filter((file) =>
    /from '(?:@opentelemetry|[^']*(?:telemetry\/figures|\/otlp[a-z-]*)\.ts')/.test(readFileSync(`lib/${file}`, 'utf8')),
  )
  expect(loading.filter((file) => !file.endsWith('.test.ts')).sort()).toEqual([
    'foundation/tracing/otlp-collector.ts',
    'foundation/tracing/otlp-traces.ts',
    'server/telemetry/figures.ts',
    'server/telemetry/otlp.ts',
  ])
})

test('a collector that is away fails no request, and holds up no end', async () => {
  env().otlpEndpoint = `http://127.0.0.1:${await freePort()}`
  await startTelemetry()
  expect((await api().request('/livez')).status).toBe(200)
  await expect(stopTelemetry()).resolves.toBeUndefined()
})
