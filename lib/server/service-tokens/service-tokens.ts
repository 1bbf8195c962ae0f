import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { label } from '#lib/contract/label.ts'
import { Problem, parse } from '../problem.ts'
import { hashToken } from '../secret-token.ts'
import {
  derivedServiceToken,
  hintOfServiceToken,
  idOfServiceToken,
  type Service,
  services,
  writeServiceToken,
} from './service-token.ts'
import * as store from './store.ts'

/** A service token as it is shown: never with its secret. */
export interface ServiceTokenView {
  id: string
  service: Service
  name: string
  hint: string
  createdAt: string
  revokedAt: string | null
}

const creation = z.strictObject({ service: z.enum(services), name: label })

/**
 * Makes a token for a service of the operator's own, such as the MPC server. The token is in this answer and nowhere else.
 *
 * @throws Problem invalid_request
 */
export async function createServiceToken(
  request: z.input<typeof creation>,
): Promise<ServiceTokenView & { token: string }> {
  const { service, name } = parse(creation, request)
  const token = writeServiceToken(service)
  const kept = await store.save(keptOf(token, service, name))
  if (!kept) throw new Error('Two service tokens have one id.')
  return { ...viewOf(kept), token }
}

/** All service tokens, oldest first. */
export async function listServiceTokens(): Promise<ServiceTokenView[]> {
  return (await store.list()).map(viewOf)
}

/**
 * Ends a service token: the next request with it is refused, in every process.
 *
 * @throws Problem not_found
 */
export async function revokeServiceToken(id: string): Promise<void> {
  if (!(await store.revoke(id))) throw new Problem('not_found', 'There is no service token of this id.')
}

/**
 * The token of the MPC server that runs beside this one: derived from the root secret, so that every process that shares it
 * tells the same, and listed as the others are. After one was revoked it is the next.
 */
export async function mpcServiceToken(): Promise<string> {
  for (let generation = 0; ; generation++) {
    const token = derivedServiceToken('mpc', generation)
    const { id } = await keptOnce(token)
    if (!(await store.read(id))?.revokedAt) return token
  }
}

async function keptOnce(token: string): Promise<{ id: string }> {
  const wanted = keptOf(token, 'mpc', 'The MPC server beside this server')
  return (await store.read(wanted.id)) ?? (await store.save(wanted)) ?? wanted
}

const challenge = 'Bearer realm="services"'

/**
 * Checks that a request is one of a service's own: one that is not there costs the same comparison as one that is wrong.
 *
 * @throws Problem token_invalid
 */
export async function authenticateService(authorization: string | undefined, service: Service): Promise<void> {
  const [, presented = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (!presented) throw refused(`Send a service token as “Authorization: Bearer st_${service}_…”.`, challenge)
  const id = idOfServiceToken(presented)
  if (!id) throw refused('This is no service token; an API key and a user’s token do nothing here.')
  const kept = await store.find(id)
  const matches = timingSafeEqual(Buffer.from(hashOf(presented)), Buffer.from(kept?.hash ?? nobodys))
  if (!kept || !matches || kept.service !== service) {
    throw refused('No such service token works here. The operator makes one: admin service-tokens create.')
  }
}

function refused(detail: string, header = `${challenge}, error="invalid_token"`): Problem {
  return new Problem('token_invalid', detail, { headers: { 'WWW-Authenticate': header } })
}

// The length of a hash, and no token has it.
const nobodys = '-'.repeat(43)

const hashOf = (token: string) => hashToken(token, 'service')

function keptOf(token: string, service: Service, name: string): store.NewServiceToken {
  return { id: idOfServiceToken(token) ?? '', service, name, hash: hashOf(token), hint: hintOfServiceToken(token) }
}

function viewOf({
  id,
  service,
  name,
  hint,
  createdAt,
  revokedAt,
}: NonNullable<Awaited<ReturnType<typeof store.read>>>) {
  return {
    ...{ id, service: service as Service, name, hint },
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}
