import { expect, test } from 'vitest'
import { params } from '../server/api/by-id.ts'
import { fundRequest } from './account.ts'
import { plainText } from './plain-text.ts'
import { remoteSkillUpdate, skillExecute, skillRunQuery } from './skills.ts'
import { webhookCreate, webhookQuery, webhookUpdate } from './webhooks.ts'

const hook = { url: 'https://hooks.example/', events: ['key.created'] }
const paid = { amount: 500, paymentMethodId: 'pm_card_ok' }

test.each([
  ['a description of an endpoint', webhookCreate, hook, 'description'],
  ['a changed one', webhookUpdate, {}, 'description'],
  ['a description of a skill', remoteSkillUpdate, {}, 'description'],
  ['the skill that is executed', skillExecute, { input: {} }, 'skill_id'],
  ['the skill whose runs are listed', skillRunQuery, {}, 'skillId'],
  ['a payment method', fundRequest, paid, 'paymentMethodId'],
  ['where a page begins', webhookQuery, {}, 'cursor'],
  ['an id in a path', params, {}, 'id'],
])('%s has no control characters, which not every database takes', (_what, schema, rest, member) => {
  const messageOf = (text: string) => schema.safeParse({ ...rest, [member]: text }).error?.issues[0]
  for (const bad of ['a\0b', 'a\nb', 'a\u0085b', 'a\ud800b'])
    expect(messageOf(bad)).toMatchObject({ path: [member], message: 'contains a control character' })
  expect(messageOf('x'.repeat(1_000))?.message).toMatch(/longer than/)
  expect(messageOf('a-b')).toBeUndefined()
})

test('a text may be in any language, with emoji', () => {
  expect(plainText(64).parse('Zahlungen – 支払い, دفع 👩‍💻')).toBe('Zahlungen – 支払い, دفع 👩‍💻')
})
