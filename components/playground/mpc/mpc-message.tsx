import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { MpcApproval } from './mpc-approval.tsx'
import { MpcFiles } from './mpc-files.tsx'
import type { MpcState } from './mpc-work.ts'

interface Props {
  message: string
  username: string
  state: MpcState
  /** Signing is what comes next. */
  next: boolean
  onWrite: (message: string) => void
  onSign: (using: readonly string[]) => void
  onCancel: () => void
}

/** What is to be signed, and the approval of it. */
export function MpcMessage({ message, username, state, next, onWrite, onSign, onCancel }: Props) {
  const { key, approval, busy, share, work, files } = state
  const [given, give] = useState<{ of: string; texts: readonly string[] }>()
  const sign = useRef<HTMLButtonElement>(null)
  const bytes = new TextEncoder().encode(message).length
  const using = given && given.of === key?.id ? given.texts : []
  // One file beside the device's share and the server's, where three sign.
  const lacking = (key?.threshold ?? 2) - 2 - Math.max(using.length, files.length)
  const missing = whyNot(state, message, lacking)
  const asking = busy && work?.kind === 'sign' && approval?.at === undefined
  const start = () => missing || busy || onSign(using)
  return (
    <div>
      <div className="flex items-end gap-2">
        <TextField
          id="mpc-message"
          label="Message"
          hint={`${bytes} ${bytes === 1 ? 'byte' : 'bytes'}, as text`}
          className="min-w-0 flex-1"
          value={message}
          autoComplete="off"
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && start()}
        />
        <Button
          ref={sign}
          look={missing || asking || !next ? 'secondary' : 'primary'}
          aria-describedby="mpc-sign-note"
          onClick={start}
        >
          Sign
        </Button>
      </div>
      <p id="mpc-sign-note" className="mt-1.5 text-[13px] text-soft">
        {missing ??
          (key?.policy.approval === 'always'
            ? `It will ask for ${username}’s passkey.`
            : 'Its policy asks for no passkey.')}
      </p>
      {share.where !== 'nowhere' && lacking > 0 ? (
        <div className="mt-2">
          <MpcFiles
            label="File of a third party"
            count={lacking}
            onFiles={(texts) => key && give({ of: key.id, texts })}
          />
        </div>
      ) : null}
      {approval && work?.kind === 'sign' ? (
        <MpcApproval
          state={state}
          approval={approval}
          username={username}
          onCancel={() => {
            onCancel()
            sign.current?.focus()
          }}
        />
      ) : null}
    </div>
  )
}

/** Why nothing can be signed as things are. */
function whyNot({ share, key }: MpcState, message: string, lacking: number): string | undefined {
  if (share.where === 'nowhere') return 'This browser holds no share: recover it first.'
  if (share.where === 'passphrase' && !share.open) return 'This browser’s share is sealed: open it with its passphrase.'
  if (key?.frozen) return 'The key is frozen: nothing is signed with it until it is unfrozen.'
  if (lacking > 0) return 'Three sign: choose the file of a third party.'
  if (message === '') return 'Write what is to be signed.'
  return undefined
}
