import type { Transport } from '@connectrpc/connect'

export type AttackName = 'tamper' | 'replay' | 'message' | 'tenant' | 'stale' | 'restart'

interface Attack {
  /** The button. */
  label: string
  changed: string
  caught: string
  cost: string
}

/** Ways to cheat, each of which must be refused. */
export const attacks: Record<AttackName, Attack> = {
  tamper: {
    label: 'Tamper with a share',
    changed: 'One bit of the device’s signature share, on its way out.',
    caught:
      'The server verifies each share against the party’s own verifying share (RFC 9591, 5.4), and names who cheats.',
    cost: 'The nonce is burnt; the key is safe. A fresh Sign works.',
  },
  replay: {
    label: 'Replay a nonce',
    changed: 'After the signature a second, other share was sent in the same session, for the nonce that had served.',
    caught: 'A nonce serves once: the session is used up, and takes no other bytes.',
    cost: 'Nothing. Two signatures with one nonce would have given the share away.',
  },
  message: {
    label: 'Another message',
    changed: 'After the server had committed, the same session was begun again with another message.',
    caught: 'The message is bound when the server commits.',
    cost: 'Nothing was signed. A fresh Sign works.',
  },
  tenant: {
    label: 'Other tenant’s token',
    changed: 'The key was asked for with a good token of another tenant’s user.',
    caught: 'A key belongs to tenant, environment and user. To everybody else it does not exist.',
    cost: 'Nothing. Not even that there is such a key was told.',
  },
  stale: {
    label: 'Stale approval',
    changed: 'The approval that had served was sent again, for the same message, in a new session.',
    caught: 'An approval is taken once.',
    cost: 'Nothing. Each signature asks the passkey again.',
  },
  restart: {
    label: 'Restart the server',
    changed: 'The second round went to a session whose nonces the server does not have, as after a restart in between.',
    caught: 'Nonces live in memory only, and a crash forgets them. A round without them is refused.',
    cost: 'A fresh round; the SDK begins one by itself.',
  },
}

export const attackNames = Object.keys(attacks) as AttackName[]

type Unary = Transport['unary']
type Call = Parameters<Unary>

/** A transport that cheats, once. The tenant's attack needs none: its token is another. */
export function attacking(transport: Transport, attack: AttackName): Transport {
  const unary = transport.unary.bind(transport) as (...call: Call) => ReturnType<Unary>
  return {
    ...transport,
    unary: (async (...call: Call) => {
      const [method, signal, timeout, header, input, values] = call
      const name = `${method.parent.name}.${method.localName}`
      const again = (changes: object, session?: string) => {
        const headers = new Headers(header)
        if (session) headers.set('mpc-session', session)
        return unary(method, signal, timeout, headers, { ...input, ...changes } as Call[4], values)
      }
      if (name === 'SignService.finish') {
        if (attack === 'tamper') return again({ shares: withOneBitOff(input) })
        if (attack === 'restart') return again({}, crypto.randomUUID())
        if (attack === 'replay') await unary(...call)
        if (attack === 'replay') return again({ shares: withOneBitOff(input) })
      }
      if (name === 'SignService.begin' && (attack === 'message' || attack === 'stale')) {
        await unary(...call)
        if (attack === 'stale') return again({}, crypto.randomUUID())
        return again({ message: new TextEncoder().encode('Pay 9,999 USDC to somebody else') })
      }
      return unary(...call)
    }) as Unary,
  }
}

function withOneBitOff(input: Call[4]) {
  const { shares = [] } = input as { shares?: { party: string; share: Uint8Array }[] }
  return shares.map(({ party, share }, index) => ({
    party,
    share: index === 0 ? share.map((byte, at) => (at === 15 ? byte ^ 1 : byte)) : share,
  }))
}
