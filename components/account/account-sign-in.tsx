'use client'

import { account } from '#lib/sdk/interaction.ts'
import { askPasskey } from '../console/ceremony.ts'
import { type Refusal, whyNotAllowed } from '../console/explain.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { PasskeyIcon } from '../interaction/passkey-icon.tsx'
import { Status } from '../interaction/status.tsx'
import { Button } from '../ui/button.tsx'
import { useAlive } from '../ui/use-alive.ts'

/** Who is not signed in learns what is here, and signs in. */
export function AccountSignIn() {
  const { stage, refusal, run, cancel } = useCeremony(signInWords)
  const alive = useAlive()

  function signIn() {
    void run(async (enter) => {
      await askPasskey(account.signIn.begin, account.signIn.finish, enter)
      location.reload()
    })
  }

  return (
    <>
      <h1 className="text-balance font-semibold text-[24px] leading-tight tracking-tight">Your account</h1>
      <p className="mt-2 text-pretty text-soft">
        Sign in to see your passkeys, where you are signed in, and which apps you let in, and to take any of it back.
        Your passkey says whose account it is.
      </p>
      <Button className={`mt-6 w-full py-3! ${alive ? '' : 'invisible'}`} onClick={signIn}>
        <PasskeyIcon />
        Sign in with a passkey
      </Button>
      <Status
        stage={stage}
        refusal={refusal}
        words={{
          challenge: 'Waiting for the server.',
          authenticator: 'Waiting for your passkey. Follow your browser’s dialogue.',
          check: 'The server checks it.',
          done: 'Signed in. Your account is on its way.',
        }}
        onCancel={cancel}
        className="mt-4"
      />
    </>
  )
}

function signInWords(refusal: Refusal): Partial<Refusal> {
  const { code, atOnce } = refusal
  if (code === 'verification_failed')
    return {
      title: 'This passkey opens no account here',
      detail: 'It was deleted, or was made for something else on this site, such as the Console.',
      todo: 'Choose the passkey that you sign in to the app with.',
    }
  if (code === 'NotAllowedError')
    return {
      title: 'No passkey was used',
      detail: whyNotAllowed(refusal, 'no passkey'),
      todo: atOnce ? 'Try again on the device that holds your passkey.' : 'Try again and follow the dialogue.',
    }
  if (code === 'SecurityError') return { todo: 'Open this page where you sign in to the app.' }
  return {}
}
