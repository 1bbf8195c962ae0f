import { Hono } from 'hono'
import { findLogo } from '../../tenants/branding.ts'
import { fromOwnPages } from '../own-pages.ts'
import { account } from './account.ts'
import { attestation } from './attestation.ts'
import { anyone, type ConsoleEnv } from './context.ts'
import { figures } from './figures.ts'
import { keys } from './keys.ts'
import { logs } from './logs.ts'
import { members } from './members.ts'
import { mpcKeys } from './mpc-keys.ts'
import { oauthClients } from './oauth-clients.ts'
import { overview } from './overview.ts'
import { settings } from './settings.ts'
import { skills } from './skills.ts'
import { users } from './users.ts'
import { visitors } from './visitors.ts'
import { webhooks } from './webhooks.ts'

/**
 * What the Console's pages ask of the server. It is no part of the public API: it takes the browser's cookie, and no key,
 * and follows the pages as they change.
 */
export const consoleApi = new Hono<ConsoleEnv>()
  .get('/logos/:id', anyone, async (c) => {
    const { type, bytes } = await findLogo(c.req.param('id'))
    // An image is all that it is, also where somebody opens it as a page.
    return c.body(bytes, 200, {
      'Content-Type': type,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
  })
  .use(fromOwnPages)
  .route('/', visitors)
  .route('/', overview)
  .route('/', keys)
  .route('/', users)
  .route('/', oauthClients)
  .route('/', webhooks)
  .route('/', mpcKeys)
  .route('/', skills)
  .route('/', figures)
  .route('/', logs)
  .route('/', account)
  .route('/', members)
  .route('/', settings)
  .route('/', attestation)
