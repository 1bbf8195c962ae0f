import { expect, test } from 'vitest'
import { caller, happens, listen, receiving } from '../../../setup/webhook-sending.ts'
import { deleteWebhook } from '../endpoints.ts'
import { webhookFigures } from '../figures.ts'
import { sendDue } from '../sending/sender.ts'

test('figures say what arrived in each hour, what waits, and how long answers take', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  for (const name of ['one', 'two']) await happens(name)
  await sendDue()
  receiver.answer = 500
  await happens('three')
  await sendDue()
  const { hours, waiting, waitingSince, medianMilliseconds } = await webhookFigures(caller, id)
  const sum = (of: 'deliveries' | 'delivered') => hours.reduce((all, one) => all + one[of], 0)
  expect([hours.length, sum('deliveries'), sum('delivered'), waiting]).toEqual([24, 3, 2, 1])
  expect([waitingSince, medianMilliseconds]).toEqual([expect.stringMatching(/Z$/), expect.any(Number)])
  await deleteWebhook(caller, id)
})
