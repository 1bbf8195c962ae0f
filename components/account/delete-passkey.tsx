import { useEffect } from 'react'
import type { AccountPasskey } from '#lib/contract/oauth.ts'
import { account } from '#lib/sdk/interaction.ts'
import { askPasskey } from '../console/ceremony.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { confirmWords, waiting } from './confirm-words.ts'
import { signedOut } from './signed-out.ts'

interface Props {
  /** Undefined while none is in question. */
  passkey: AccountPasskey | undefined
  isOnly: boolean
  onClose: () => void
  onDeleted: () => void
}

/** Says what follows from the deletion of a passkey, and deletes it with a fresh assertion. */
export function DeletePasskey({ passkey, isOnly, onClose, onDeleted }: Props) {
  const { stage, refusal, run, cancel, reset } = useCeremony(confirmWords)

  useEffect(() => {
    if (passkey) reset()
  }, [passkey, reset])

  function close() {
    cancel()
    onClose()
  }

  function remove(id: string) {
    void run(async (enter) => {
      const begin = () => account.confirm({ delete: id })
      await askPasskey(begin, (confirmation) => account.passkeys.delete(id, confirmation), enter).catch(signedOut)
      onDeleted()
    })
  }

  return (
    <Dialog
      open={Boolean(passkey)}
      onClose={close}
      title={`Delete ${passkey?.name ?? ''}?`}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          {passkey && !isOnly ? (
            <Button look="danger" onClick={() => remove(passkey.id)}>
              Confirm and delete
            </Button>
          ) : null}
        </>
      }
    >
      {isOnly ? (
        <p className="text-[14px]">
          It is your only passkey: without it you could not sign in any more. Add another first.
        </p>
      ) : (
        <ul className="list-disc space-y-1.5 pl-5 text-[14px]">
          <li>It opens your account no more. Your device or password manager keeps its copy: delete it there, too.</li>
          <li>Browsers that are signed in with it are signed out{passkey?.current ? ', this one too' : ''}.</li>
          <li>Apps that you let in with it lose their access, and sign you in again.</li>
        </ul>
      )}
      <Status stage={stage} refusal={refusal} words={waiting} className="mt-4" />
    </Dialog>
  )
}
