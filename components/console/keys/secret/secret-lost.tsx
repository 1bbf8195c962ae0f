import Link from 'next/link'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { Notice } from '../../../ui/notice.tsx'

/** The key was made by an earlier press, and the answer that held its secret was lost on the way. */
export function SecretLost({ created: { id, name, hint } }: { created: KeyCreated }) {
  return (
    <Notice tone="bad" title="The key was made, but its secret was lost on the way">
      The first answer never arrived, and a secret is told only once. Open{' '}
      <Link href={`/console/keys/${id}`} prefetch={false} className="text-ink underline underline-offset-2">
        {name} ({hint})
      </Link>{' '}
      to revoke it, then make another one.
    </Notice>
  )
}
