import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { Confirm } from '../../confirm.tsx'

interface Props {
  webhook: ConsoleWebhook
  open: boolean
  onClose: () => void
  /** It is about to go, so that nothing is to be asked of it; false: it stays after all. */
  onLeaving: (leaving: boolean) => void
  onDeleted: () => void
}

/** Asks before an endpoint goes, with its secret and all that waits for it. */
export function DeleteWebhook({ webhook, open, onClose, onLeaving, onDeleted }: Props) {
  const { id, url, environment, figures } = webhook
  return (
    <Confirm
      open={open}
      onClose={onClose}
      fresh={environment === 'live'}
      title="Delete this endpoint?"
      action="Delete endpoint"
      onConfirm={async (api) => {
        onLeaving(true)
        try {
          await api.webhooks.delete(id)
        } catch (error) {
          onLeaving(false)
          throw error
        }
        onDeleted()
      }}
    >
      <p>
        Nothing more is sent to <span className="font-mono text-[13px] wrap-anywhere">{url}</span>, and its signing
        secret and key are gone for good.
        {figures.waiting ? ` ${figures.waiting.toLocaleString('en')} that wait for another try are never sent.` : ''}
      </p>
      <p className="text-soft">To pause it instead, turn it off: it keeps its secret and its log.</p>
    </Confirm>
  )
}
