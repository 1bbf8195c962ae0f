'use client'

import { askPasskey } from '../ceremony.ts'
import { CeremonyButtons } from '../ceremony-buttons.tsx'
import { CeremonySteps } from '../ceremony-steps.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { useCeremony } from '../use-ceremony.ts'
import { signInWords } from './sign-in-words.ts'

const steps = {
  challenge: { title: 'The server', note: 'sends a challenge that is good once.' },
  authenticator: {
    title: 'Your browser',
    note: 'asks for a passkey: a finger, a face, a PIN or a security key.',
  },
  check: { title: 'The server', note: 'checks the signature and signs you in for 12 hours.' },
}

/** Signs a member in with whichever passkey they have, then goes to `next`. */
export function SignIn({ next }: { next: string }) {
  const { stage, refusal, run, cancel } = useCeremony(signInWords)

  function signIn() {
    void run(async (enter) => {
      await askPasskey(consoleClient.signIn.begin, consoleClient.signIn.finish, enter)
      location.assign(next)
    })
  }

  return (
    <>
      <div className="mt-6">
        <CeremonyButtons label="Sign in with a passkey" stage={stage} onStart={signIn} onCancel={cancel} />
      </div>
      <ChangeError error={refusal} className="mt-4" />
      <div className="mt-5">
        <CeremonySteps stage={stage} words={steps} done="Signed in." />
      </div>
    </>
  )
}
