import type { Environment } from '#lib/contract/environment.ts'
import { Teaching } from '../../teaching.tsx'

const facts = [
  {
    title: 'Who holds it',
    text: 'Nobody holds it whole. The user’s device, the MPC server and a recovery file each have a share, and any two of them sign together.',
  },
  {
    title: 'Who signs',
    text: 'The user, with their device, when their passkey approves that very message. Their token alone signs nothing unless the key’s policy says so.',
  },
  {
    title: 'What you can do',
    text: 'See each key, and freeze it: from then on the MPC server signs nothing with it, until a member unfreezes it here.',
  },
] as const

/** An environment without a key: what one is, before the first is made. */
export function MpcKeysEmpty({ environment }: { environment: Environment }) {
  return (
    <Teaching
      docs="/docs/mpc"
      region="No MPC key yet"
      title={`No ${environment} MPC key yet`}
      facts={facts}
      begin={{ href: '/playground', label: 'Open the Playground' }}
    >
      Users make them where your app calls <code className="font-mono text-[14px]">mpc.keys.generate</code>. To see one
      come to be, sign in at the Playground with a {environment} key of yours, open its MPC tab and press Generate key.
    </Teaching>
  )
}
