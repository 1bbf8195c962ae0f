import { base64urlnopad } from '@scure/base'
import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { addressOf } from '#lib/sdk/mpc/address.ts'
import { CopyButton } from '../../ui/copy-button.tsx'

type Addressed = Pick<MpcKeyView, 'suite' | 'publicKey' | 'environment'>

/** The address of a key, whole and to copy. */
export function MpcKeyAddress({ of, name }: { of: Addressed; name?: string }) {
  const address = addressOf(of.suite, base64urlnopad.decode(of.publicKey), of.environment)
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 font-mono text-[13px] text-soft wrap-anywhere">{address}</code>
      <CopyButton small text={address} label={name ? `Copy address of ${name}` : 'Copy address'} />
    </span>
  )
}
