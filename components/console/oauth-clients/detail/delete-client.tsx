import type { ClientView } from '#lib/contract/oauth.ts'
import { Confirm } from '../../confirm.tsx'

interface Props {
  client: ClientView
  open: boolean
  onClose: () => void
  onDeleted: () => void
}

/** Asks, by having the client's name typed, before it and all that it was given end. */
export function DeleteClient({ client: { clientId, name, environment }, open, onClose, onDeleted }: Props) {
  return (
    <Confirm
      open={open}
      onClose={onClose}
      fresh={environment === 'live'}
      title={`Delete “${name}”?`}
      action="Delete client"
      typed={{ label: 'Type the client’s name to confirm', text: name }}
      onConfirm={async (api) => {
        await api.clients.delete(clientId)
        onDeleted()
      }}
    >
      <p>All its tokens end with it, and what people allowed it. The app can sign nobody in from now on, for good.</p>
      <p className="text-soft">The people stay: their accounts and passkeys are not the client’s.</p>
    </Confirm>
  )
}
