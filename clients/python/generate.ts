import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errors } from '#lib/contract/errors.ts'

// Writes what the Python package has twice, or what the contract has already: an exception for each problem code, and the
// asynchronous half of the client. `node lib/setup/run.mjs clients/python/generate.ts`

export const sources = join(import.meta.dirname, 'src', 'webauthn_playground')

/** Every generated module, by its path in the package. */
export function generatedModules(): Record<string, string> {
  const resources = readdirSync(join(sources, 'resources')).filter((name) => name.endsWith('.py'))
  return {
    'problems.py': problems(),
    '_async_client.py': asynchronous('_client.py'),
    '_async_oauth.py': asynchronous('_oauth.py'),
    ...Object.fromEntries(resources.map((name) => [`async_resources/${name}`, asynchronous(`resources/${name}`)])),
  }
}

function problems(): string {
  const entries = Object.entries(errors).map(([code, { status, title }]) => ({
    code,
    status,
    title,
    name: nameOf(code),
  }))
  const classes = entries.map(
    ({ code, status, title, name }) =>
      `class ${name}(ApiError):\n    """${status}: ${title}."""\n\n    code = "${code}"\n`,
  )
  const all = entries.map(({ name }) => `    "${name}",\n`).sort()
  return [
    '"""An exception for each problem code of the API."""\n',
    'from ._errors import ApiError\n',
    `__all__ = [\n${all.join('')}]\n\n`,
    classes.join('\n\n'),
  ].join('\n')
}

/** `rate_limited` → `RateLimitedError` */
function nameOf(code: string): string {
  return `${code.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase())}Error`
}

/** A module whose calls are made at once, as one whose calls are awaited. */
function asynchronous(path: string): string {
  const source = readFileSync(join(sources, path), 'utf8')
  if (source === '') return ''
  const own = [...source.matchAll(/^class (\w+)/gm), ...source.matchAll(/^from \.resources\.\w+ import (.+)$/gm)]
  const renamed = [...own.flatMap(([, names = '']) => names.split(', ')), 'Engine', 'Sender']
  return source
    .replace(new RegExp(`\\b(?:${renamed.join('|')})\\b`, 'g'), (name) => `Async${name}`)
    .replace(/\bPage\b/g, 'AsyncPages')
    .replace(/\bsender_to\b/g, 'async_sender_to')
    .replace(/(?<=from )\._sender import Request, Async/g, '._sender import Request\nfrom ._engine import Async')
    .replace(/(?<=from \.)resources(?=\.)/g, 'async_resources')
    .replace('import secrets\nimport threading\nimport time\n', 'import asyncio\nimport secrets\nimport threading\n')
    .split(/(?=^ {4}def )/m)
    .map(awaiting)
    .join('')
}

function awaiting(method: string): string {
  const awaited = method
    .replaceAll('time.sleep(', 'await asyncio.sleep(')
    .replace(/\bself\.(?:_engine\.(?:call|tell)|_sender\.send|_tokens)\(/g, 'await $&')
  const waits = awaited !== method || /^ {4}def (?:close|__enter__|__exit__)\(/.test(method)
  return (waits ? awaited.replace('def ', 'async def ') : awaited)
    .replace(/\bclose\(self\)/, 'aclose(self)')
    .replace(/\bself\.close\(\)/, 'await self.aclose()')
    .replace(/__(enter|exit)__/, '__a$1__')
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(generatedModules())) writeFileSync(join(sources, path), text)
}
