import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { preparePages, root } from '../preparation.ts'
import { pack } from './pack.ts'
import { packages } from './packages.ts'

// npm run package: builds everything that others install into dist/packages.

const into = join(root, 'dist/packages')

await preparePages()
for (const one of packages) await pack(root, one, into)
// The Python package, where it is part of this.
const wheel = join(root, 'lib/setup/package/wheel.mjs')
if (existsSync(wheel)) await (await import(pathToFileURL(wheel).href)).buildWheel(into)
