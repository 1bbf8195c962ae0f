import { z } from 'zod'
import { api } from '#lib/server/api/app.ts'
import { asMuchAsIsRead, type Bodies, filled, forms, type Schema, structures } from './bodies.ts'
import { schemaOf } from './schemas.ts'

/** Who has to ask, for the body to be read. */
export type Asker = 'anybody' | 'a key' | 'an MPC server' | 'a member'

/** An endpoint that may be sent a body. */
export interface Endpoint {
  method: string
  /** With its parameters filled in. */
  path: string
  as: Asker
  type: string
  bodies: Bodies
}

const usageEvents = '/v1/usage/events'

/**
 * Every endpoint that is not only read from, as the API has them, with the worst that it can be sent; nobody's first.
 *
 * @throws Error where one takes a body of which it is not known what may stand in it
 */
export function endpoints(): Endpoint[] {
  const routes = new Set(
    api()
      .routes.filter(({ method }) => /^(?:POST|PUT|PATCH)$/.test(method))
      .map(({ method, path }) => `${method} ${path}`),
  )
  const order: Asker[] = ['anybody', 'a key', 'an MPC server', 'a member']
  const rank = (route: string) => order.indexOf(askerOf(route.split(' ')[1] ?? ''))
  const seen = new Set<object>()
  return [...routes]
    .sort((one, other) => rank(one) - rank(other))
    .map((route): Endpoint => {
      const [method = '', pattern = ''] = route.split(' ')
      const form = /^\/(?:oauth|device)/.test(pattern)
      return {
        method,
        path: pattern.replace(/:\w+/g, 'x'),
        as: askerOf(pattern),
        type: form ? 'application/x-www-form-urlencoded' : typeOf(pattern),
        bodies: form ? forms : { ...structures, ...asMuchAsIsRead, ...filledFor(route, seen) },
      }
    })
}

function typeOf(pattern: string): string {
  return pattern === usageEvents ? 'application/cloudevents-batch+json' : 'application/json'
}

function askerOf(pattern: string): Asker {
  if (pattern === usageEvents) return 'an MPC server'
  if (pattern.startsWith('/v1/')) return 'a key'
  return /^\/console\/api\/(?!join|sign-in)/.test(pattern) ? 'a member' : 'anybody'
}

function filledFor(route: string, seen: Set<object>): Bodies {
  const schema = schemaOf(route)
  if (!schema) return {}
  const known = seen.has(schema)
  seen.add(schema)
  return filled(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known)
}
