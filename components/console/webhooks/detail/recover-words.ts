import type { WebhookRecovered } from '#lib/contract/webhooks.ts'

/** How many deliveries were told again. */
export function recoveredWords({ recovered, more }: WebhookRecovered): string {
  if (recovered === 0)
    return 'Nothing to send again: what was told since then has arrived, or is tried again by itself within minutes.'
  const many = recovered === 1 ? '1 delivery is' : `${recovered.toLocaleString('en')} deliveries are`
  return `${many} sent again, from now on.${more ? ' There are more: press it again.' : ''}`
}

/** A moment as a field for date and time takes it, in the reader's own time. */
export function localInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
