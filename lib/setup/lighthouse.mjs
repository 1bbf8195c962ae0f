import { execFileSync } from 'node:child_process'
import { chromium } from './chromium.mjs'
import { prepare } from './prepare.mjs'
import { serve } from './serve.ts'

// npm run lighthouse: Lighthouse's scores of the pages that people come to first, from a server of its own. It fails where one
// is below its goal. On a desk: Lighthouse's phone is this machine's own processor, four times as slow, and tells more of it
// than of the page. What Lighthouse needs is as much as half of all packages here, so it is brought when it runs.

const lighthouse = 'lighthouse@13.5.0'
const pages = ['/playground', '/playground/decode']
const goals = { performance: 0.97, accessibility: 1 }

await prepare({ build: true })
const browser = await chromium()
const server = await serve('start', { MPC: 'off' })
try {
  for (const page of pages) {
    for (const [name, score] of Object.entries(scores(`${server.baseUrl}${page}`))) {
      const reached = score >= goals[name]
      if (!reached) process.exitCode = 1
      console.log(`${reached ? '✓' : '✗'} ${page} ${name} ${score} (goal ${goals[name]})`)
    }
  }
} finally {
  await server.stop()
}

function scores(url) {
  const options = [
    ...['--quiet', '--output=json', '--preset=desktop', `--only-categories=${Object.keys(goals)}`],
    '--chrome-flags=--headless --no-sandbox --disable-background-networking --disable-component-update',
  ]
  const report = execFileSync(
    'npm',
    ['exec', '--yes', `--package=${lighthouse}`, '--', 'lighthouse', url, ...options],
    {
      env: { ...process.env, ...(browser ? { CHROME_PATH: browser } : {}) },
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const { categories } = JSON.parse(report.toString())
  return Object.fromEntries(Object.keys(goals).map((name) => [name, categories[name].score]))
}
