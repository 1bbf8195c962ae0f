import { useEffect, useState } from 'react'
import type { AuthenticateFinish } from '#lib/contract/passkeys.ts'
import { account } from '#lib/sdk/interaction.ts'
import { askPasskey, makePasskey } from '../console/ceremony.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { confirmWords, waiting } from './confirm-words.ts'
import { signedOut } from './signed-out.ts'

interface Props {
  open: boolean
  onClose: () => void
  onAdded: () => void
}

/**
 * Adds a passkey: first one that is there already says who it is, then the new one is made. Each has a press of its own,
 * since some browsers open a dialogue only right after one.
 */
export function AddPasskey({ open, onClose, onAdded }: Props) {
  const [confirmation, setConfirmation] = useState<AuthenticateFinish>()
  const { stage, refusal, run, cancel, reset } = useCeremony(confirmWords)

  useEffect(() => {
    if (!open) return
    reset()
    setConfirmation(undefined)
  }, [open, reset])

  function close() {
    cancel()
    onClose()
  }

  function confirm() {
    void run(async (enter) => {
      await askPasskey(
        () => account.confirm('add'),
        async (answer) => setConfirmation(answer),
        enter,
      ).catch(signedOut)
    })
  }

  function create(by: AuthenticateFinish) {
    void run(async (enter) => {
      try {
        await makePasskey(() => account.passkeys.begin(by), account.passkeys.finish, enter).catch(signedOut)
      } catch (error) {
        // It is good for one beginning, whatever becomes of that.
        setConfirmation(undefined)
        throw error
      }
      onAdded()
    })
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Add a passkey"
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          {confirmation ? (
            <Button onClick={() => create(confirmation)}>Create a passkey</Button>
          ) : (
            <Button onClick={confirm}>Confirm it is you</Button>
          )}
        </>
      }
    >
      <p className="text-[14px]">
        {confirmation
          ? 'Now make the new one: on another device, in another password manager or on a security key. What holds a passkey of yours already is not offered again.'
          : 'First confirm that it is you, with a passkey that you already have. Then you make the new one.'}
      </p>
      <Status stage={stage === 'done' ? undefined : stage} refusal={refusal} words={waiting} className="mt-4" />
    </Dialog>
  )
}
