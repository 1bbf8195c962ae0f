import { expect, test } from 'vitest'
import { withoutRoot } from './server.ts'

test('the folder of a build is left out where it begins a path, and nothing that is only like it', () => {
  const ways =
    '"/app/lib/x.ts" file:///app/.next "server/app/playground/page.js" [project]/app/page /app-store ./app /app'
  expect(withoutRoot(ways, '/app')).toBe(
    '"./lib/x.ts" file://./.next "server/app/playground/page.js" [project]/app/page /app-store ./app .',
  )
  expect(withoutRoot('/srv/(a+b)/lib', '/srv/(a+b)')).toBe('./lib')
})
