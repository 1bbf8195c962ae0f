import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { Confirm } from '../../confirm.tsx'

interface Props {
  webhook: ConsoleWebhook
  open: boolean
  onClose: () => void
  onDeleted: () => void
}

/** Asks before an endpoint goes, with its secret and all that waits for it. */
export function DeleteWebhook({ webhook: { id, url, environment, figures }, open, onClose, onDeleted }: Props) {
  return (
    <Confirm
      open={open}
      onClose={onClose}
      fresh={environment === 'live'}
      title="Delete this endpoint?"
      action="Delete endpoint"
      onConfirm={async (api) => {
        await api.webhooks.delete(id)
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
