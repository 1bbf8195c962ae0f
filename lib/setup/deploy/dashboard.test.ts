import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api } from '../../server/api/app.ts'
import { env } from '../../server/env.ts'
import { closeLimits } from '../../server/limits/limits.ts'
import { freePort } from '../serve.ts'

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
