import type { Passkey } from '#lib/contract/passkeys.ts'
import { LineIcon } from '../../ui/icon.tsx'

const key = 'M5.5 13.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7.7 8.3l5.8-5.8M10.7 5.3l2 2'
const phone = 'M5 1.75h6v12.5H5zM7.5 12h1'

/** A key for a passkey that stays where it is, a phone for one that goes along. */
export function PasskeyIcon({ of }: { of: Pick<Passkey, 'deviceType'> }) {
  return <LineIcon d={of.deviceType === 'singleDevice' ? key : phone} className="size-3.5 text-soft" />
}
