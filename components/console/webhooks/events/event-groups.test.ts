import { expect, test } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { eventGroups, eventsInShort } from './event-groups.ts'

test('every event is in one group, and every group has words for its title', () => {
  expect(eventGroups.flatMap(({ events }) => events).sort()).toEqual([...webhookEventTypeNames].sort())
  for (const { resource, title } of eventGroups) expect(title).not.toBe(resource)
})

test('in short, all of a resource are one, a single one stays as it is, and all are “All events”', () => {
  expect(eventsInShort(['user.deleted', 'user.created', 'key.revoked', 'usage.threshold'])).toEqual([
    'user.*',
    'key.revoked',
    'usage.threshold',
  ])
  expect(eventsInShort(webhookEventTypeNames)).toEqual(['All events'])
  expect(eventsInShort(webhookEventTypeNames.slice(1))).not.toContain('All events')
})
