import type { ConsoleKey, ConsoleKeys, KeyAddresses } from '#lib/contract/console.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { AllowlistVerdict, KeyCreate, KeyCreated, KeyRotate, KeyUpdate, KeyView } from '#lib/contract/keys.ts'
import type { ConsoleSend } from './send.ts'

export const keys = (send: ConsoleSend) => ({
  list: (environment: Environment, cursor?: string) =>
    send<ConsoleKeys>('GET', '/keys', { query: { environment, ...(cursor ? { cursor } : {}) } }),
  create: (body: KeyCreate & { type: Environment }, idempotencyKey?: string) =>
    send<KeyCreated>('POST', '/keys', { body, headers: { 'Idempotency-Key': idempotencyKey } }),
  read: (id: string) => send<ConsoleKey>('GET', keyPath(id)),
  addresses: (id: string) => send<KeyAddresses>('GET', `${keyPath(id)}/addresses`),
  update: (id: string, body: KeyUpdate) => send<KeyView>('PATCH', keyPath(id), { body }),
  rotate: (id: string, body: KeyRotate, idempotencyKey?: string) =>
    send<KeyCreated>('POST', `${keyPath(id)}/rotate`, { body, headers: { 'Idempotency-Key': idempotencyKey } }),
  revoke: (id: string) => send<KeyView>('POST', `${keyPath(id)}/revoke`, { body: {} }),
  testAddress: (id: string, ip: string) =>
    send<AllowlistVerdict>('POST', `${keyPath(id)}/allowlist/test`, { body: { ip } }),
})

function keyPath(id: string): string {
  return `/keys/${encodeURIComponent(id)}`
}
