import { useEffect } from 'react'
import type { AccountGrant } from '#lib/contract/oauth.ts'
import { account } from '#lib/sdk/interaction.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { signedOut } from './signed-out.ts'

interface Props {
  /** Whose access is in question; undefined while none is. */
  grant: AccountGrant | undefined
  onClose: () => void
  onDone: (grant: AccountGrant) => void
}

/** Asks before an app loses its access. */
export function Revoke({ grant, onClose, onDone }: Props) {
  const { stage, refusal, run, reset } = useCeremony()
  const name = grant?.client.name ?? ''

  useEffect(() => {
    if (grant) reset()
  }, [grant, reset])

  function close() {
    if (stage !== 'check') onClose()
  }

  function revoke() {
    if (!grant) return
    void run(async (enter) => {
      enter('check')
      await account.revoke(grant.clientId).catch(signedOut)
      onDone(grant)
    })
  }

  return (
    <Dialog
      open={Boolean(grant)}
      onClose={close}
      title={`Revoke access to ${name}?`}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button look="danger" onClick={revoke}>
            Revoke
          </Button>
        </>
      }
    >
      <p className="text-[14px] wrap-anywhere">
        {name} loses its access to your account within seconds, wherever you use it. To get it back, it has to ask you
        again.
      </p>
      <Status stage={stage} refusal={refusal} words={{ check: 'Waiting for the server.' }} className="mt-4" />
    </Dialog>
  )
}
