import { expect, test } from 'vitest'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { withSignatures } from './with-signatures.ts'

const event = (id: string, at: string) => ({ id, at }) as AuditEvent
const signed = (requestId: string, at: string) => ({ requestId, at })

test('signatures stand among the events by their time, and those of further pages wait for them', () => {
  const events = [event('2', '2026-11-27T12:00:00.000Z'), event('1', '2026-11-27T10:00:00.000Z')]
  const signatures = [signed('b', '2026-11-27T11:00:00.000Z'), signed('a', '2026-11-27T09:00:00.000Z')]
  const ids = (more: boolean) =>
    withSignatures(events, signatures, more).map((one) => ('event' in one ? one.event.id : one.signed.requestId))
  expect(ids(false)).toEqual(['2', 'b', '1', 'a'])
  expect(ids(true)).toEqual(['2', 'b', '1'])
  expect(withSignatures([], signatures, false)).toHaveLength(2)
})
