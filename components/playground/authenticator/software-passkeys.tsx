import { algorithmName } from '#lib/webauthn/algorithms.ts'
import type { WebCredential } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { Button } from '../../ui/button.tsx'
import { beginning } from './candidate-words.ts'
import { software } from './software.ts'

interface Props {
  id: number
  credentials: readonly WebCredential[]
  /** One is about to be deleted. */
  onForget: () => void
}

/** What an authenticator holds. */
export function SoftwarePasskeys({ id, credentials, onForget }: Props) {
  if (!credentials.length)
    return <p className="border-line border-t px-4 py-2.5 text-[13px] text-soft">It holds no passkey yet.</p>
  return (
    <ul className="divide-y divide-line border-line border-t text-[13px]">
      {credentials.map((credential) => {
        const { username = 'A passkey', rpId, algorithm, discoverable, signCount, prfSecret, largeBlob } = credential
        const facts = [
          rpId,
          algorithmName(algorithm),
          discoverable ? 'discoverable' : 'found by its ID alone',
          `counter ${signCount}`,
          ...(prfSecret ? ['PRF'] : []),
          ...(largeBlob ? [`blob of ${largeBlob.length} bytes`] : []),
        ]
        return (
          <li key={credential.id} className="flex items-center gap-3 px-4 py-2">
            <div className="min-w-0 flex-1">
              <p className="wrap-anywhere">
                <span className="font-semibold">{username}</span>{' '}
                <span className="font-mono text-[12.5px] text-soft">{beginning(credential.id)}</span>
              </p>
              <p className="text-soft wrap-anywhere">{facts.join(' · ')}</p>
            </div>
            <Button
              look="small"
              onClick={() => {
                onForget()
                software.forget(id, credential.id)
              }}
            >
              Delete
              <span className="sr-only">
                {' '}
                {username} {beginning(credential.id)}
              </span>
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
