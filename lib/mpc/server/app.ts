import { connectNodeAdapter } from '@connectrpc/connect-node'
import { file_grpc_reflection_v1_reflection, ServerReflection } from '../proto/grpc/reflection/v1/reflection_pb.js'
import { file_health_v1_health, Health } from '../proto/health/v1/health_pb.js'
import { file_mpc, KeygenService, KeyService, ReshareService, SignService, TenantKeyService } from '../proto/mpc_pb.js'
import { counted, mostBytes } from './count.ts'
import { authenticate } from './gate.ts'
import { health } from './health/health.ts'
import { keyService } from './key-service.ts'
import { keygenService } from './keygen-service.ts'
import type { Handler } from './listen.ts'
import { log } from './log.ts'
import { reflection } from './reflection.ts'
import { reshareService } from './reshare-service.ts'
import { signService } from './sign-service.ts'
import { authenticateTenant, limitedByMember } from './tenant-keys/gate.ts'
import { tenantKeyService } from './tenant-keys/tenant-key-service.ts'
import { traced } from './traced.ts'
import { explained, readable } from './unread.ts'

/** The longest deadline that is taken, in milliseconds. */
const maxTimeoutMs = 120_000

/**
 * Every service over gRPC, gRPC-Web and Connect. Those of `mpc.v1` need a user's token, and `TenantKeyService` a tenant's;
 * health and reflection answer anybody.
 */
export function app(): Handler {
  const services = [KeygenService, SignService, ReshareService, KeyService, TenantKeyService]
  const handle = connectNodeAdapter({
    readMaxBytes: mostBytes,
    // Messages are small, and what is in one has to be seen before it is read.
    acceptCompression: [],
    maxTimeoutMs,
    routes(router) {
      const withToken = readable(authenticate, [counted])
      router.service(KeygenService, keygenService, withToken)
      router.service(SignService, signService, withToken)
      router.service(ReshareService, reshareService, withToken)
      router.service(KeyService, keyService, withToken)
      router.service(TenantKeyService, tenantKeyService, readable(authenticateTenant, [limitedByMember]))
      router.handlers.splice(0, router.handlers.length, ...router.handlers.map(explained).map(traced))
      const own = router.handlers.length
      router.service(
        Health,
        health(services.map(({ typeName }) => typeName)),
        readable(async () => {}, []),
      )
      // A stream's messages are read as they come.
      const explainable = router.handlers.splice(own)
      router.handlers.push(...explainable.map((each) => (each.method.methodKind === 'unary' ? explained(each) : each)))
      router.service(
        ServerReflection,
        reflection([file_mpc, file_health_v1_health, file_grpc_reflection_v1_reflection]),
      )
    },
  })
  return (request, response) => {
    try {
      handle(request, response)
    } catch (error) {
      // The adapter makes a URL of whatever host the request names, and throws where that is none.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_INVALID_URL') log().error({ err: error }, 'request failed')
      response.statusCode = 400
      response.end()
    }
  }
}
