import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('script/', import.meta.url))

/** What the pages do in a browser, each for browsers as it stands: none of it is Next's or React's. */
export default {
  page: await bundled('page.ts', 'iife'),
  search: await bundled('search.ts', 'esm'),
  'try-it': await bundled('try-it.ts', 'esm'),
}

export const madeOf = [folder]

async function bundled(file: string, format: 'iife' | 'esm') {
  const { outputFiles } = await build({
    entryPoints: [`${folder}${file}`],
    ...{ bundle: true, minify: true, format, target: 'es2022', platform: 'browser', write: false },
  })
  const text = outputFiles[0]?.text ?? ''
  return { text, version: createHash('sha256').update(text).digest('hex').slice(0, 10) }
}
