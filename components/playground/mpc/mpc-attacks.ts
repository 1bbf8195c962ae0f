export type AttackName = 'tamper' | 'replay' | 'message' | 'tenant' | 'stale' | 'restart'

interface Attack {
  /** The button. */
  label: string
  /** The message that cheats, as it is drawn. */
  sent: string
  /** The answer to it; without one its reason stands there. */
  answer?: string
  changed: string
  caught: string
  cost: string
}

/** Ways to cheat, each of which must be refused. */
export const attacks: Record<AttackName, Attack> = {
  tamper: {
    label: 'Tamper with a share',
    sent: 'share, one bit off',
    answer: 'the device is named',
    changed: 'One bit of the device’s signature share, on its way out.',
    caught:
      'The server verifies each share against the party’s own verifying share (RFC 9591, 5.4), and names who cheats.',
    cost: 'Nothing: the server gave its own share to nobody, and the key is safe. A fresh Sign works.',
  },
  replay: {
    label: 'Replay a nonce',
    sent: 'another share, same nonce',
    changed: 'After the signature a second, other share was sent in the same session, for the nonce that had served.',
    caught: 'A nonce serves once: the session is used up, and takes no other bytes.',
    cost: 'Nothing. Two signatures with one nonce would have given the share away.',
  },
  message: {
    label: 'Another message',
    sent: 'another message',
    changed: 'After the server had committed, the same session was begun again with another message.',
    caught: 'The message is bound when the server commits.',
    cost: 'Nothing was signed. A fresh Sign works.',
  },
  tenant: {
    label: 'Other tenant’s token',
    sent: 'another tenant’s token',
    changed: 'The key was asked for with a good token of another tenant’s user.',
    caught: 'A key belongs to tenant, environment and user. To everybody else it does not exist.',
    cost: 'Nothing. Not even that there is such a key was told.',
  },
  stale: {
    label: 'Stale approval',
    sent: 'the same approval again',
    changed: 'The approval that had served was sent again, for the same message, in a new session.',
    caught: 'An approval is taken once, and within two minutes.',
    cost: 'Nothing. Each signature asks the passkey again.',
  },
  restart: {
    label: 'Restart the server',
    sent: 'signature share',
    answer: 'nonces are gone',
    changed:
      'Between the rounds the server forgot the nonces of this session, as it forgets all of them when it restarts. A test environment lets a session ask for that; a live one does not.',
    caught: 'Nonces live in memory only. A round without them is aborted, never finished with others.',
    cost: 'A fresh round. The SDK begins it by itself; here it was told not to, so that the refusal is seen.',
  },
}

export const attackNames = Object.keys(attacks) as AttackName[]
