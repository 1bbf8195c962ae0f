import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { config } from '../../../proxy.ts'
import { apiPath } from './paths.ts'

const isPage = (path: string) => new RegExp(`^${config.matcher[0]}$`).test(path)

test.each([
  '/v1',
  '/v1/tenant',
  '/v1/passkeys/x',
  '/.well-known/jwks.json',
  '/livez',
  '/readyz',
  '/metrics',
  '/downloads',
  '/downloads/sdk.tgz',
  '/console/api',
  '/console/api/keys',
  '/oauth/token',
  '/oauth/authorize/x',
  '/device',
  '/device/x',
  '/interaction/x/api/sign-in/begin',
  '/account/api/sign-out',
  '/approval/x/api/begin',
])('%s is the API’s, and passes by the pages’ proxy', (path) => {
  expect([apiPath.test(path), isPage(path)]).toEqual([true, false])
})

test.each([
  '/',
  '/playground',
  '/v1x',
  '/v10/tenant',
  '/livezz',
  '/oauthx',
  '/devices',
  '/interaction/x',
  '/interaction/x/apis',
  '/interaction/api',
  '/account/grants',
  '/approval/x',
  '/approval/api',
  '/metricsx',
  '/downloadsx',
  '/console',
  '/console/keys',
  '/console/apis',
  '/favicon.ico',
  '/a/v1/x',
])('%s is a page, with the pages’ policy', (path) => {
  expect([apiPath.test(path), isPage(path)]).toEqual([false, true])
})

test('each path of the API has its route handler for Next', () => {
  for (const folder of [
    'v1/[[...route]]',
    '.well-known/[...path]',
    'livez',
    'readyz',
    'metrics',
    'downloads/[[...file]]',
    'console/api/[...path]',
    'oauth/[[...path]]',
    'device/[[...path]]',
    'interaction/[uid]/api/[...path]',
    'account/api/[...path]',
    'approval/[id]/api/[...path]',
  ]) {
    expect(existsSync(`app/${folder}/route.ts`)).toBe(true)
  }
})
