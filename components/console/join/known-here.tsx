'use client'

import type { ConsoleSession } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { askPasskey } from '../ceremony.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import type { Refusal } from '../explain.ts'
import { signInWords } from '../sign-in/sign-in-words.ts'
import { useCeremony } from '../use-ceremony.ts'

const words = (refusal: Refusal) => ({ ...signInWords(refusal), todo: 'Try again, or make a new passkey above.' })

/** The way for who has a passkey of this Console already: it signs them in, and the invitation stays open. */
export function KnownHere({ onKnown }: { onKnown: (session: ConsoleSession) => void }) {
  const { stage, refusal, run, cancel } = useCeremony(words)
  const busy = stage && stage !== 'done'

  function signIn() {
    void run(async (enter) => {
      onKnown(await askPasskey(consoleClient.signIn.begin, consoleClient.signIn.finish, enter))
    })
  }

  return (
    <div className="mt-6 border-line border-t pt-5">
      <p className="text-[14px] text-soft">Are you a member of another tenant here? You need no further passkey.</p>
      <Button look="small" className="mt-2.5" onClick={busy ? cancel : signIn}>
        {busy ? 'Cancel' : 'Use the passkey that I have'}
      </Button>
      <ChangeError error={refusal} className="mt-4" />
    </div>
  )
}
