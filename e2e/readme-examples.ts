import { readFileSync } from 'node:fs'

const readme = readFileSync(new URL('../lib/testing/README.md', import.meta.url), 'utf8')

/** The files of the examples in the README of the package for tests, by name, where “your page” is on a port of its own. */
export function readmeExamples(port: number): Record<string, string> {
  const examples = [...readme.matchAll(/```[jt]s\n\/\/ (\S+)\n([\s\S]*?)```/g)]
  return Object.fromEntries(examples.map(([, name = '', text = '']) => [name, text.replaceAll('5173', String(port))]))
}

/** The code blocks of that README in a language, without those that are files. */
export function readmeBlocks(language: 'sh' | 'json'): string[] {
  return [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, own, text = '']) =>
    own === language ? [text] : [],
  )
}

/** How many code blocks it has at all. */
export function readmeBlockCount(): number {
  return readme.split('\n').filter((line) => line.startsWith('```')).length / 2
}

/** What a project has around them: settings, and the page, which uses the SDK as it is installed. */
export function aroundExamples(port: number): Record<string, string> {
  return {
    'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module' }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...{ strict: true, noEmit: true, target: 'es2023', module: 'esnext', moduleResolution: 'bundler' },
        ...{ lib: ['es2023', 'dom'], types: ['node'], skipLibCheck: true },
      },
      include: ['*.ts'],
    }),
    'playwright.config.ts': `
import { defineConfig } from '@playwright/test'

export default defineConfig({
  globalSetup: ['./global-setup.ts', './your-page.ts'],
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'json',
  use: { launchOptions: { executablePath: process.env.CHROMIUM || undefined, args: ['--no-sandbox'] } },
})
`,
    'your-page.ts': `
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const page = () => \`<!doctype html><link rel="icon" href="data:,"><title>Shop</title>
<button id="register">Register</button> <button id="sign-in">Sign in</button> <p role="status"></p>
<script type="module">
  import { Client } from '/sdk/index.js'
  const client = new Client({
    baseUrl: '\${process.env.PLAYGROUND_BASE_URL}',
    apiKey: '\${process.env.PLAYGROUND_API_KEY}',
  })
  const on = (id, act, words) => {
    const say = (text) => { document.querySelector('[role=status]').textContent = text }
    document.querySelector(id).onclick = () => act().then(() => say(words), (error) => say(String(error)))
  }
  on('#register', () => client.passkeys.register({ username: 'ada' }), 'ada has a passkey')
  on('#sign-in', () => client.passkeys.signIn({ username: 'ada' }), 'ada is signed in')
</script>\`

export default function servePage() {
  const server = createServer(({ url = '' }, answer) => {
    const file = url.startsWith('/sdk/') ? \`node_modules/@webauthn-playground/sdk/\${url.slice(5)}\` : undefined
    answer.setHeader('Content-Type', file ? 'text/javascript' : 'text/html')
    answer.end(file ? readFileSync(file) : page())
  }).listen(${port})
  return () => void server.close()
}
`,
  }
}
