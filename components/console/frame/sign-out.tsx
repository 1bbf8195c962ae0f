'use client'

import { Button } from '../../ui/button.tsx'
import { useAlive } from '../../ui/use-alive.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { useChange } from '../use-change.ts'

/** Ends this browser's session and leaves for the sign-in page. */
export function SignOut() {
  const { run, busy, error } = useChange()
  const alive = useAlive()
  return (
    <>
      <Button
        look="small"
        className={alive ? '' : 'invisible'}
        onClick={() =>
          run(async () => {
            await consoleClient.signOut()
            location.assign('/console/sign-in')
          })
        }
      >
        {busy ? 'Signing out' : 'Sign out'}
      </Button>
      <ChangeError error={error} className="mt-2.5 w-full" />
    </>
  )
}
