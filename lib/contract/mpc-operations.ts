import type { Operation } from './operations.ts'
import type { Scope } from './scopes.ts'

/**
 * Every rpc of `mpc.v1` that takes a token, by its path: the operation that it is counted as, and the scope that an OAuth
 * access token needs for it. A user's own token needs none.
 */
export const mpcRpcs = {
  'mpc.v1.KeygenService/Begin': { operation: 'mpc.keygen.begin', scope: 'mpc:keygen' },
  'mpc.v1.KeygenService/Finish': { operation: 'mpc.keygen.finish', scope: 'mpc:keygen' },
  'mpc.v1.SignService/Begin': { operation: 'mpc.sign.begin', scope: 'mpc:sign' },
  'mpc.v1.SignService/Finish': { operation: 'mpc.sign.finish', scope: 'mpc:sign' },
  'mpc.v1.ReshareService/Begin': { operation: 'mpc.reshare.begin', scope: 'mpc:keygen' },
  'mpc.v1.ReshareService/Finish': { operation: 'mpc.reshare.finish', scope: 'mpc:keygen' },
  'mpc.v1.KeyService/List': { operation: 'mpc.key.list', scope: 'mpc:sign' },
  'mpc.v1.KeyService/Get': { operation: 'mpc.key.get', scope: 'mpc:sign' },
  'mpc.v1.KeyService/Update': { operation: 'mpc.key.update', scope: 'mpc:keygen' },
  'mpc.v1.KeyService/Freeze': { operation: 'mpc.key.freeze', scope: 'mpc:keygen' },
  'mpc.v1.KeyService/Unfreeze': { operation: 'mpc.key.unfreeze', scope: 'mpc:keygen' },
  'mpc.v1.KeyService/Delete': { operation: 'mpc.key.delete', scope: 'mpc:keygen' },
} as const satisfies Record<string, { operation: `mpc.${string}`; scope: Scope }>

export type MpcRpc = keyof typeof mpcRpcs
export type MpcOperation = (typeof mpcRpcs)[MpcRpc]['operation']

export const mpcOperations = Object.values(mpcRpcs).map(({ operation }) => operation) as [
  MpcOperation,
  ...MpcOperation[],
]

/** What usage is counted by: an operation behind an API key, or an rpc of the MPC server. */
export type CountedOperation = Operation | MpcOperation

/** The canonical names of gRPC’s status codes, each at the place of its number. */
export const grpcStatuses = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const
export type GrpcStatus = (typeof grpcStatuses)[number]
