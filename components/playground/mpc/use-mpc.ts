import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Client } from '#lib/sdk/client.ts'
import {
  gatewayTransport,
  type KeyWishes,
  MpcError,
  memoryShares,
  type NewShares,
  prfShares,
  type Round,
  type ShareStore,
} from '#lib/sdk/mpc/index.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { DemoKey } from '../setup/demo-key.ts'
import type { Session } from '../state.ts'
import { hex } from './hex.ts'
import { type AttackName, attacking } from './mpc-attacks.ts'
import type { MpcState, Refusal, Work, WorkKind } from './mpc-work.ts'
import { otherTenantsToken } from './other-tenant.ts'
import { verdictOn } from './signature-verdict.ts'
import { watchingApprovals } from './watching-approvals.ts'

interface Of {
  apiKey: string
  tenant: TenantAnswer
  session: Session
  demoKeys: readonly DemoKey[]
  /** Told the checks of each approval. The same function each time. */
  onApproval: (checks: readonly Check[]) => void
}

export type Wishes = Required<Pick<KeyWishes, 'label' | 'suite' | 'threshold' | 'parties'>>

/** The keys of the token's user, what is done with them, and every message of it. */
export function useMpc({ apiKey, tenant, session, demoKeys, onApproval }: Of) {
  const [state, set] = useState<MpcState>({ held: false, busy: false, keptHow: '' })
  const { token, user, passkey } = session.answer
  const client = useMemo(() => new Client({ apiKey, fetch: watchingApprovals(onApproval) }), [apiKey, onApproval])
  const shares = useRef<ShareStore>(undefined)
  const active = useRef<AbortController>(undefined)
  const rpId = tenant.relyingParty.id
  const storeOf = useCallback(() => {
    shares.current ??= prfShares({ rpId, credentialIds: [passkey.credentialId] })
    return shares.current
  }, [rpId, passkey.credentialId])
  const place = useCallback(
    (keyId: string) => ({ tenantId: tenant.tenant.id, environment: tenant.environment, userId: user.id, keyId }),
    [tenant, user.id],
  )

  const read = useCallback(
    async (chosen?: string) => {
      try {
        const keys = await client.mpc({ token, shares: storeOf() }).keys.list()
        const key = keys.find(({ id }) => id === chosen) ?? keys[0]
        const held = key ? await storeOf().has(place(key.id)) : false
        set(({ away: _, ...before }) => ({
          ...before,
          keys,
          held,
          ...(key ? { key } : {}),
          keptHow: storeOf().keptHow,
        }))
      } catch (error) {
        set((before) => ({ ...before, away: refusalOf(error) }))
      }
    },
    [client, token, storeOf, place],
  )
  useEffect(() => {
    void read()
    return () => active.current?.abort()
  }, [read])

  /** Runs an operation, and draws its messages as they pass. */
  async function run<Answer>(
    kind: WorkKind,
    attack: AttackName | undefined,
    operate: (mpc: ReturnType<Client['mpc']>, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    active.current?.abort()
    const controller = new AbortController()
    active.current = controller
    let work: Work = { kind, rounds: [], startedAt: Date.now(), ...(attack ? { attack } : {}) }
    const show = (changes: Partial<Work>, more: Partial<MpcState> = {}) => {
      work = { ...work, ...changes }
      if (active.current === controller) set((before) => ({ ...before, work, ...more }))
    }
    set(({ signature: _, approval: __, ...before }) => ({ ...before, work, busy: true }))
    const onRound = (round: Round) => {
      show({ rounds: [...work.rounds, round] })
      if (round.name === 'approval.finish' && round.direction === 'received')
        set((before) => (before.approval ? { ...before, approval: { ...before.approval, at: Date.now() } } : before))
    }
    const transport = attack ? { transport: attacking(gatewayTransport(''), attack) } : {}
    try {
      const mpc = client.mpc({ token, shares: storeOf(), onRound, ...transport })
      const answer = await operate(mpc, controller.signal)
      show({ took: Date.now() - work.startedAt }, { busy: false, keptHow: storeOf().keptHow })
      return answer
    } catch (error) {
      show({ took: Date.now() - work.startedAt, refusal: refusalOf(error) }, { busy: false })
      return undefined
    }
  }

  const keep = (made: NewShares | undefined) => {
    if (!made) return
    const { recovery, files: _, ...key } = made
    set(({ recovery: __, ...before }) => ({
      ...before,
      key,
      held: true,
      keys: [key, ...(before.keys ?? []).filter(({ id }) => id !== key.id)],
      ...(recovery ? { recovery } : {}),
    }))
  }

  async function generate(wishes: Wishes): Promise<void> {
    try {
      await storeOf().prepare?.()
    } catch (error) {
      if (!(error instanceof MpcError && error.reason === 'prf_missing')) {
        const work: Work = { kind: 'generate', rounds: [], startedAt: Date.now(), took: 0, refusal: refusalOf(error) }
        return set((before) => ({ ...before, work }))
      }
      shares.current = memoryShares()
    }
    keep(await run('generate', undefined, (mpc, signal) => mpc.keys.generate({ ...wishes, signal })))
  }

  async function sign(message: string, attack?: AttackName): Promise<void> {
    const { key } = state
    if (!key) return
    const bytes = new TextEncoder().encode(message)
    const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    const title = titleOf(message)
    const signed = await run('sign', attack, (mpc, signal) => {
      if (key.policy.approval === 'always') set((before) => ({ ...before, approval: { title, keyId: key.id, hash } }))
      const asked = key.policy.approval === 'always' ? { approve: 'passkey' as const, display: { title } } : {}
      return mpc.sign(key.id, bytes, { ...asked, signal })
    })
    if (!signed) return
    const verdict = await verdictOn(key, signed.signature, bytes)
    set((before) => ({ ...before, signature: { bytes: signed.signature, message, verdict } }))
  }

  async function attack(name: AttackName, message: string): Promise<void> {
    const { key } = state
    if (!key) return
    if (name !== 'tenant') return sign(message, name)
    await run('sign', name, async () => {
      const other = await otherTenantsToken(demoKeys, tenant.tenant.id)
      return new Client({ apiKey: other.apiKey }).mpc({ token: other.token, shares: memoryShares() }).keys.get(key.id)
    })
  }

  return {
    state,
    client,
    read,
    generate,
    sign,
    attack,
    cancel: () => active.current?.abort(new DOMException('You called it off.', 'AbortError')),
    refresh: async () => {
      const { key } = state
      if (key) keep(await run('refresh', undefined, (mpc, signal) => mpc.keys.refresh(key.id, { signal })))
    },
    recover: async (file: string) => {
      const { key } = state
      if (key) keep(await run('recover', undefined, (mpc, signal) => mpc.keys.recover(key.id, file, { signal })))
    },
    lose: async () => {
      const { key } = state
      if (!key) return
      await storeOf().remove(place(key.id))
      set(({ work: _, signature: __, approval: ___, ...before }) => ({ ...before, held: false }))
    },
    startOver: () =>
      set(({ key: _, work: __, signature: ___, approval: ____, recovery: _____, ...before }) => ({
        ...before,
        held: false,
      })),
  }
}

/** The most that an approval shows as its title. */
function titleOf(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof MpcError) return { reason: error.reason, detail: error.message, party: error.party }
  const { code, name, message } = error as { code?: string; name: string; message: string }
  return { reason: typeof code === 'string' ? code : name, detail: message }
}
