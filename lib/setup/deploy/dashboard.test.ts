import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { api } from '../../server/api/app.ts'
import { env, parseEnv } from '../../server/env.ts'
import { closeLimits } from '../../server/limits/limits.ts'
import { freePort } from '../serve.ts'
import { compose } from './documents.ts'

interface Panel {
  title: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets: { expr: string }[]
}
const shared = globalThis as { playgroundMetrics?: unknown }
const { panels }: { panels: Panel[] } = JSON.parse(readFileSync('deploy/grafana/dashboard.json', 'utf8'))
const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
let exported: Set<string>

beforeAll(async () => {
  shared.playgroundMetrics = undefined
  // With it there is one metric more.
  env().redisUrl = `redis://127.0.0.1:${await freePort()}`
  const text = await (await api().request('/metrics')).text()
  const kinds = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind]) => [name, kind] as const)
  exported = new Set(
    kinds.flatMap(([name, kind]) => (kind === 'histogram' ? [`${name}_bucket`, `${name}_count`] : [name])),
  )
})

afterAll(async () => {
  await closeLimits()
  env().redisUrl = undefined
  shared.playgroundMetrics = undefined
})

/** The metrics that a query names; throws where it is no query. */
function metricsOf(query: string): string[] {
  // What Grafana puts in.
  const text = query.replaceAll('$__rate_interval', '1m')
  const names: string[] = []
  parser.parse(text).iterate({
    enter({ name, from, to, node, type }) {
      if (type.isError) throw new SyntaxError(`${query} is no query from its character ${from} on.`)
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') names.push(text.slice(from, to))
    },
  })
  return names
}

test('every query of the dashboard can be read, and names metrics that /metrics has', () => {
  // `up` is what Prometheus itself notes of each server that it asks.
  const unknown = queries.flatMap(metricsOf).filter((name) => !exported.has(name) && name !== 'up')
  expect(unknown).toEqual([])
  expect(new Set(queries.flatMap(metricsOf)).size).toBeGreaterThan(12)
  expect(() => metricsOf('sum(rate(http_requests_total[')).toThrow(SyntaxError)
  expect(exported.has('http_requests_totl')).toBe(false)
})

test('every alert can be read, and names metrics that /metrics has', () => {
  const { groups } = parse(readFileSync('deploy/prometheus-alerts.yml', 'utf8'))
  const alerts: { alert: string; expr: string; annotations: { summary: string } }[] = groups.flatMap(
    ({ rules }: { rules: [] }) => rules,
  )
  expect(alerts.length).toBeGreaterThan(5)
  for (const { alert, expr, annotations } of alerts) {
    const named = metricsOf(expr)
    expect([alert, named.length > 0, named.filter((name) => !exported.has(name) && name !== 'up')]).toEqual([
      alert,
      true,
      [],
    ])
    expect(annotations.summary).toMatch(/\w/)
  }
})

test('Prometheus asks each web server of Compose, where it listens, and finds the alerts where they are put', () => {
  const { scrape_configs: jobs, rule_files: rules } = parse(readFileSync('deploy/prometheus.yml', 'utf8'))
  const { services } = compose()
  const web = Object.keys(services).filter((name) => name.startsWith('web-'))
  const { port } = parseEnv({})
  expect(web.length).toBeGreaterThan(1)
  expect(jobs).toMatchObject([{ job_name: 'web', static_configs: [{ targets: web.map((name) => `${name}:${port}`) }] }])
  const volumes = (services.prometheus?.volumes ?? []) as string[]
  const mounts = volumes.map((volume) => volume.split(':'))
  const places = new Map(mounts.map(([from = '', to = '']) => [to, from]))
  expect(rules.map((file: string) => places.get(`/etc/prometheus/${file}`))).toEqual(['./prometheus-alerts.yml'])
  expect(places.get('/etc/prometheus/prometheus.yml')).toBe('./prometheus.yml')
})

test('every metric of this server’s own is on it', () => {
  const named = new Set(queries.flatMap(metricsOf))
  const own = [...exported].filter((name) => !/^(?:process_|nodejs_)|_count$/.test(name))
  expect(own.filter((name) => !named.has(name))).toEqual([])
})

test('its panels stand beside and below each other', () => {
  const places = panels.map(({ gridPos: { x, y } }) => `${x},${y}`)
  expect(new Set(places).size).toBe(panels.length)
  for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
})
