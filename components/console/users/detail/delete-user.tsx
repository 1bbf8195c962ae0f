import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import { Confirm } from '../../confirm.tsx'
import { deletionWords } from '../user-words.ts'

interface Props {
  user: ConsoleUserDetail
  /** How many MPC keys they have; undefined while nobody knows. */
  mpcKeys: number | undefined
  open: boolean
  onClose: () => void
  onDeleted: () => void
}

/** Says what goes with a user, and asks by having the name typed. */
export function DeleteUser({ user, mpcKeys, open, onClose, onDeleted }: Props) {
  const { id, username, environment } = user
  const [first, ...rest] = deletionWords(user, mpcKeys)
  return (
    <Confirm
      open={open}
      onClose={onClose}
      fresh={environment === 'live'}
      title={`Delete ${username}?`}
      action="Delete user"
      typed={{ label: 'Type the username to confirm', text: username }}
      onConfirm={async (api) => {
        await api.users.delete(id)
        onDeleted()
      }}
    >
      <p>{first}</p>
      <ul className="list-disc space-y-1.5 pl-5 text-soft">
        {rest.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Confirm>
  )
}
