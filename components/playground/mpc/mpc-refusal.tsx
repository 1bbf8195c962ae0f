import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { calledOff, type Refusal } from './mpc-work.ts'

interface Props {
  refusal: Refusal
  /** Does the same again, where that can help. */
  onAgain?: () => void
  onToken: () => void
}

/** Where this page knows better words than whoever threw. */
const said: Record<string, string> = {
  AbortError: 'You called it off, and nothing came of it.',
  share_sealed:
    'Only what sealed this browser’s share opens it: the passkey or the passphrase that Device names. Where that is gone, the recovery file makes a new share.',
  session_lost:
    'The server was restarted in between, and nonces live in its memory only. The next try asks for a new approval.',
}

const passing = ['unavailable', 'deadline_exceeded', 'session_lost', 'session_unknown', 'rate_limited', 'TypeError']
const ofToken = ['token_expired', 'token_invalid', 'token_missing']

/** Why an operation ended without what it was for, with the button that helps. */
export function MpcRefusal({ refusal, onAgain, onToken }: Props) {
  const { reason, detail } = refusal
  const calm = calledOff(refusal)
  return (
    <div className="mt-3">
      <Notice tone={calm ? 'plain' : 'bad'} title={calm ? 'It was called off' : 'It was refused'}>
        {said[reason] ?? detail} {calm ? null : <span className="font-mono">{reason}</span>}
        {ofToken.includes(reason) ? <Help label="Get a token" onPress={onToken} /> : null}
        {onAgain && (calm || passing.includes(reason)) ? <Help label="Try again" onPress={onAgain} /> : null}
      </Notice>
    </div>
  )
}

function Help({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <span className="mt-1.5 block">
      <Button look="small" onClick={onPress}>
        {label}
      </Button>
    </span>
  )
}
