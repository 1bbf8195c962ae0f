import { z } from 'zod'
import { brandingUpdate, joinRead, relyingPartyUpdate } from '#lib/contract/console.ts'
import { allowlistTest, keyCreate, keyRotate, keyUpdate } from '#lib/contract/keys.ts'
import { mpcKeyPlace } from '#lib/contract/mpc-keys.ts'
import { clientCreate, clientUpdate, signUpSetting } from '#lib/contract/oauth.ts'
import {
  authenticateBegin,
  authenticateFinish,
  passkeyRename,
  registerBegin,
  registerFinish,
} from '#lib/contract/passkeys.ts'
import { skillExecute } from '#lib/contract/skills.ts'
import { api } from '#lib/server/api/app.ts'
import { type Bodies, filled, forms, type Schema, structures } from './bodies.ts'

/** Who has to ask, for the body to be read. */
export type Asker = 'anybody' | 'a key' | 'a member'

/** An endpoint that may be sent a body. */
export interface Endpoint {
  method: string
  /** With its parameters filled in. */
  path: string
  as: Asker
  type: string
  bodies: Bodies
}

const schemas: [path: RegExp, schema: z.ZodType][] = [
  [/register\/begin$/, registerBegin],
  [/authenticate\/begin$/, authenticateBegin],
  [/(?:register|join|sign-up|passkeys)\/finish$/, registerFinish],
  [/\/finish$/, authenticateFinish],
  [/\/join\/read$/, joinRead],
  [/\/begin$/, z.object({ token: z.string(), name: z.string(), username: z.string() })],
  [/\/passkeys\/:id$/, passkeyRename],
  [/\/keys$/, keyCreate],
  [/\/keys\/:id$/, keyUpdate],
  [/\/rotate$/, keyRotate],
  [/\/allowlist\/test$/, allowlistTest],
  [/\/mpc-keys\/:id\/(?:un)?freeze$/, mpcKeyPlace],
  [/\/skills\/execute$/, skillExecute],
  [/clients$/, clientCreate],
  [/clients\/:id$/, clientUpdate],
  [/\/console\/api\/sign-up$/, signUpSetting],
  [/\/relying-party$/, relyingPartyUpdate],
  [/\/branding$/, brandingUpdate],
]

/** Every endpoint that is not only read from, as the API has them, with the worst that it can be sent; nobody's first. */
export function endpoints(): Endpoint[] {
  const routes = new Set(
    api()
      .routes.filter(({ method }) => /^(?:POST|PUT|PATCH)$/.test(method))
      .map(({ method, path }) => `${method} ${path}`),
  )
  const order: Asker[] = ['anybody', 'a key', 'a member']
  const rank = (route: string) => order.indexOf(askerOf(route.split(' ')[1] ?? ''))
  const seen = new Set<z.ZodType>()
  return [...routes]
    .sort((one, other) => rank(one) - rank(other))
    .map((route): Endpoint => {
      const [method = '', pattern = ''] = route.split(' ')
      const form = /^\/(?:oauth|device)/.test(pattern)
      return {
        method,
        path: pattern.replace(/:\w+/g, 'x'),
        as: askerOf(pattern),
        type: form ? 'application/x-www-form-urlencoded' : 'application/json',
        bodies: form ? forms : { ...structures, ...filledFor(pattern, seen) },
      }
    })
}

function askerOf(pattern: string): Asker {
  if (pattern.startsWith('/v1/')) return 'a key'
  return /^\/console\/api\/(?!join|sign-in)/.test(pattern) ? 'a member' : 'anybody'
}

function filledFor(pattern: string, seen: Set<z.ZodType>): Bodies {
  const schema = schemas.find(([path]) => path.test(pattern))?.[1]
  if (!schema) return {}
  const known = seen.has(schema)
  seen.add(schema)
  return filled(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known)
}
