import { useCallback, useEffect, useMemo, useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Client } from '#lib/sdk/client.ts'
import {
  gatewayTransport,
  type KeyWishes,
  type MpcKey,
  type MpcSettings,
  memoryShares,
  type NewShares,
} from '#lib/sdk/mpc/index.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { DemoKey } from '../setup/demo-key.ts'
import type { Session } from '../state.ts'
import { approvalTitle } from './approval-title.ts'
import { attacking } from './attacking.ts'
import type { DeviceShares } from './device-shares.ts'
import { hex } from './hex.ts'
import type { AttackName } from './mpc-attacks.ts'
import type { MpcState, WorkKind } from './mpc-work.ts'
import { otherTenantsToken } from './other-tenant.ts'
import { expiredApproval, filesOf, rememberApproval, rememberFiles } from './page-memory.ts'
import { refusalOf } from './refusal-of.ts'
import { verdictOn } from './signature-verdict.ts'
import { useDeviceShares } from './use-device-shares.ts'
import { type Drawing, useWork } from './use-work.ts'
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

const initial: MpcState = { share: { where: 'nowhere' }, lost: false, passkeys: {}, files: [], busy: false }

/** The keys of the token's user, what is done with them, and every message of it. */
export function useMpc({ apiKey, tenant, session, demoKeys, onApproval }: Of) {
  const [state, set] = useState<MpcState>(initial)
  const { run, cancel } = useWork(set)
  const { token, user, passkey } = session.answer
  const client = useMemo(() => {
    const watching = watchingApprovals(({ checks, approval }) => {
      onApproval(checks)
      if (approval) rememberApproval(approval)
    })
    return new Client({ apiKey, fetch: watching, maxRetries: 0 })
  }, [apiKey, onApproval])
  const { credentialId } = passkey
  const { shares, place } = useDeviceShares({ tenant, userId: user.id, credentialId })

  const locate = useCallback(
    async (key: MpcKey) => {
      const share = await shares().whereabouts(place(key.id))
      set((before) => ({ ...before, share, files: filesOf(key.id) }))
      if (share.where !== 'passkey' || share.credentialId === credentialId) return
      const { data } = await client.passkeys.list({}, { userToken: token })
      set((before) => ({ ...before, passkeys: Object.fromEntries(data.map((one) => [one.credentialId, one.name])) }))
    },
    [client, token, shares, place, credentialId],
  )

  /** Reads the user's keys, and shows the chosen one, or the newest. */
  const read = useCallback(
    async (chosen?: string) => {
      try {
        const keys = await client.mpc({ token, shares: shares() }).keys.list()
        const key = keys.find(({ id }) => id === chosen) ?? keys[0]
        set(({ away: _, work: __, signature: ___, approval: ____, ...before }) => ({
          ...before,
          keys,
          ...(key ? { key } : {}),
        }))
        if (key) await locate(key)
      } catch (error) {
        set((before) => ({ ...before, away: refusalOf(error) }))
      }
    },
    [client, token, shares, locate],
  )
  useEffect(() => {
    void read()
  }, [read])

  const mpcOf = ({ onRound }: Pick<Drawing, 'onRound'>, more: Partial<MpcSettings> = {}) =>
    client.mpc({ token, shares: shares(), onRound, ...more })

  async function keep(made: NewShares | undefined): Promise<void> {
    if (!made) return
    const { recovery: _, files, ...key } = made
    rememberFiles(key.id, files)
    set((before) => ({
      ...before,
      key,
      lost: false,
      keys: [key, ...(before.keys ?? []).filter(({ id }) => id !== key.id)],
    }))
    await locate(key)
  }

  async function generate(wishes: Wishes): Promise<void> {
    const wished = { kind: 'generate', approved: false, inside: insideOf(wishes.parties) } as const
    await keep(await run(wished, (drawing) => mpcOf(drawing).keys.generate({ ...wishes, signal: drawing.signal })))
  }

  async function reshare(
    kind: WorkKind & ('refresh' | 'recover'),
    work: (mpc: ReturnType<typeof mpcOf>, key: MpcKey, signal: AbortSignal) => Promise<NewShares>,
  ): Promise<void> {
    const { key } = state
    if (!key) return
    const approval = { title: 'Make new shares of your key', keyId: key.id }
    const wished = { kind, approved: true, inside: insideOf(key.parties), approval } as const
    await keep(await run(wished, (drawing) => work(mpcOf(drawing), key, drawing.signal)))
  }

  /** Signs with the device's share, and where it takes more with those of the files that are given or still known here. */
  async function sign(message: string, using: readonly string[] = [], attack?: AttackName): Promise<void> {
    const { key } = state
    if (!key) return
    const bytes = new TextEncoder().encode(message)
    const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    const approved = key.policy.approval === 'always'
    const title = approvalTitle(message)
    const asked = approved ? { approve: 'passkey' as const, display: { title } } : {}
    const wished = {
      kind: 'sign' as const,
      approved,
      inside: [],
      ...(attack ? { attack } : {}),
      ...(approved ? { approval: { title, keyId: key.id, hash } } : {}),
    }
    const others = [...using, ...filesOf(key.id)].slice(0, key.threshold - 2)
    const signed = await run(wished, ({ signal, onRound, show }) => {
      const telling = {
        onRound,
        onEvidence: (evidence: object) => show({ evidence }),
        expired: expiredApproval(user.id),
      }
      const cheating = attack ? { transport: attacking(gatewayTransport(''), attack, telling), tries: 1 } : {}
      return mpcOf({ onRound }, cheating).sign(key.id, bytes, { ...asked, using: others, signal })
    })
    if (!signed) return
    const verdict = await verdictOn(key, signed.signature, bytes)
    set((before) => ({ ...before, signature: { bytes: signed.signature, message, verdict } }))
  }

  async function attack(name: AttackName, message: string): Promise<void> {
    const { key } = state
    if (!key) return
    if (name !== 'tenant') return sign(message, [], name)
    await run({ kind: 'sign', approved: false, inside: [], attack: name }, async ({ onRound }) => {
      const other = await otherTenantsToken(demoKeys, tenant.tenant.id)
      const theirs = new Client({ apiKey: other.apiKey, maxRetries: 0 }).mpc({
        token: other.token,
        shares: memoryShares(),
        onRound,
      })
      return theirs.keys.get(key.id)
    })
  }

  /** Does something with the share of the key that is here, and says where it is afterwards. */
  async function withShare(work: (store: DeviceShares, of: ReturnType<typeof place>) => Promise<void>): Promise<void> {
    const { key } = state
    if (!key) return
    await work(shares(), place(key.id))
    await locate(key)
  }

  return {
    state,
    client,
    read,
    generate,
    sign,
    attack,
    cancel,
    withShare,
    refresh: (using: readonly string[] = []) =>
      reshare('refresh', (mpc, key, signal) => {
        const others = [...using, ...filesOf(key.id)].slice(0, key.threshold - 2)
        return mpc.keys.refresh(key.id, { using: others, signal })
      }),
    recover: (files: readonly string[]) =>
      reshare('recover', (mpc, key, signal) => mpc.keys.recover(key.id, files, { signal })),
    lose: async () => {
      await withShare((store, of) => store.remove(of))
      set(({ work: _, signature: __, approval: ___, ...before }) => ({ ...before, lost: true }))
    },
    startOver: () => set(({ keys, passkeys }) => ({ ...initial, passkeys, ...(keys ? { keys } : {}) })),
  }
}

/** The user-held parties beside the device. */
function insideOf(parties: readonly string[]): string[] {
  return parties.filter((party) => party !== 'device' && party !== 'server')
}
