import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import type { Transport } from '@connectrpc/connect'
import { MpcError, mpcErrorOf, type Round } from '#lib/sdk/mpc/index.ts'
import { hex } from './hex.ts'
import type { AttackName } from './mpc-attacks.ts'
import type { Evidence } from './mpc-work.ts'

type Unary = Transport['unary']
type Call = Parameters<Unary>

/** An approval of before that has ended. */
export interface ExpiredApproval {
  approval: string
  /** When it ended, epoch milliseconds. */
  expiredAt: number
}

interface Telling {
  /** Hears of the messages that whoever uses the transport does not see. */
  onRound: (round: Round) => void
  onEvidence: (evidence: Evidence) => void
  expired?: ExpiredApproval | undefined
}

/** A transport that cheats in one signature. The tenant's attack needs none: its token is another. */
export function attacking(transport: Transport, attack: AttackName, telling: Telling): Transport {
  const { onRound, onEvidence, expired } = telling
  const unary = transport.unary.bind(transport) as (...call: Call) => ReturnType<Unary>
  return {
    ...transport,
    unary: (async (...call: Call) => {
      const [method, signal, timeout, header, input, values] = call
      const rpc = `${method.parent.name}.${method.localName}`
      const name = rpc.replace('Service', '').toLowerCase()
      const told = (direction: Round['direction'], bytes: number, more: Partial<Round> = {}) =>
        onRound({ name, direction, party: 'server', bytes, ...more })
      const send = (changes: object, headers: Record<string, string> = {}) => {
        const sent = new Headers(header)
        for (const [key, value] of Object.entries(headers)) sent.set(key, value)
        return unary(method, signal, timeout, sent, { ...input, ...changes } as Call[4], values)
      }
      /** What is honest goes first, and is drawn; the cheat follows. */
      const honestly = async () => {
        const began = performance.now()
        const { message } = await unary(...call)
        told('received', toBinary(method.output, message).length, { duration: performance.now() - began })
      }
      const cheat = (changes: object, headers: Record<string, string> = {}) => {
        told('sent', sizeOf(method.input, { ...input, ...changes }))
        return send(changes, headers)
      }
      const newSession = () => ({ 'mpc-session': crypto.randomUUID() })

      if (rpc === 'SignService.begin') {
        if (attack === 'restart') return send({}, { 'mpc-forget': 'nonces' })
        if (attack === 'message') {
          await honestly()
          return cheat({ message: new TextEncoder().encode('Pay 9,999 USDC to somebody else') })
        }
        if (attack === 'stale') {
          await honestly()
          if (!expired) return cheat({}, newSession())
          onEvidence({ expired: expired.expiredAt })
          const refused = await refusalOf(cheat({}, newSession()))
          told('received', 0, { reason: refused.reason })
          return cheat({ approval: expired.approval }, newSession())
        }
      }
      if (rpc === 'SignService.finish') {
        const shares = withOneBitOff(input)
        if (attack === 'tamper') {
          onEvidence({ share: { before: bytesOf(input), after: bytesOf({ shares }) } })
          return send({ shares })
        }
        if (attack === 'replay') {
          await honestly()
          return cheat({ shares })
        }
      }
      return unary(...call)
    }) as Unary,
  }
}

/** The byte that is changed, in the middle of a share: as a number it stays smaller than the group's order. */
const place = 15

interface Shares {
  shares?: { party: string; share: Uint8Array }[]
}

function withOneBitOff(input: Shares | object) {
  const { shares = [] } = input as Shares
  return shares.map(({ party, share }, index) => ({
    party,
    share: index === 0 ? share.map((byte, at) => (at === place ? byte ^ 1 : byte)) : share,
  }))
}

/** The bytes around the one that is changed, hexadecimal. */
function bytesOf(input: Shares | object): string {
  const [first] = (input as Shares).shares ?? []
  return first ? hex(first.share.slice(place - 3, place + 1)) : ''
}

function sizeOf(schema: DescMessage, message: object): number {
  return toBinary(schema, create(schema, message as MessageInitShape<DescMessage>)).length
}

async function refusalOf(call: Promise<unknown>): Promise<MpcError> {
  const error = await call.then(
    () => new MpcError('unavailable', 'It was let through.'),
    (refused: unknown) => mpcErrorOf(refused),
  )
  if (error instanceof MpcError) return error
  throw error
}
