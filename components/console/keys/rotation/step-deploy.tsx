import type { ConsoleKey } from '#lib/contract/console.ts'
import { Card } from '../../card.tsx'
import { OldKeyEnd } from './old-key-end.tsx'
import { Waiting } from './waiting.tsx'

interface Props {
  item: ConsoleKey
  successor: ConsoleKey
}

/** Step 2: the new key goes to where the old one is used. Its first request moves the rotation on. */
export function StepDeploy({ item, successor }: Props) {
  return (
    <Card
      title="Deploy the new key"
      note="Put it wherever the old one is: the environment variable, the secret manager, each service. Then restart what reads it."
    >
      <Waiting>Waiting for the first request with the new key</Waiting>
      <p className="mt-2.5 text-[13px] text-soft">
        This page sees it by itself, within seconds. You can close it and continue from the list of keys.
      </p>
      <div className="mt-4">
        <OldKeyEnd item={item} />
      </div>
      <p className="mt-4 text-[13px] text-soft">
        Lost the new key before it was stored?{' '}
        <a href={`/console/keys/${successor.id}`} className="text-ink underline underline-offset-2">
          Revoke it
        </a>
        , then rotate again.
      </p>
    </Card>
  )
}
