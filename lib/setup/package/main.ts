import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { preparePages, root } from '../preparation.ts'
import { pack } from './pack.ts'
import { packages } from './packages.ts'
import { putInPlace } from './put-in-place.ts'
import { buildWheel } from './wheel.mjs'

// npm run package: builds everything that others install into dist/packages.

await preparePages()
mkdirSync(join(root, 'dist'), { recursive: true })
// Several may build at once.
const building = mkdtempSync(join(root, 'dist/packages-'))
try {
  buildWheel(building)
  for (const one of packages) await pack(root, one, building)
  putInPlace(building, join(root, 'dist/packages'))
} finally {
  rmSync(building, { recursive: true, force: true })
}
