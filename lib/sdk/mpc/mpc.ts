import type { Context } from './context.ts'
import type { KeyWishes, NewShares } from './generate.ts'
import type { MpcKey } from './key-view.ts'
import type { KeyChanges, PolicyAnswer } from './keys.ts'
import type { RecoveryFile } from './recovery-file.ts'
import type { RefreshWishes } from './reshare.ts'
import type { Approvable, AuthServer, MpcSettings } from './settings.ts'
import type { Signed, SignWishes } from './sign.ts'

interface Abortable {
  signal?: AbortSignal
}

/**
 * Keys that nobody holds whole, of the token's user. The code of an operation is loaded when it is first used.
 *
 * @throws MpcError for every refusal, by its reason; ApiError where an approval is refused; the signal's reason when aborted
 */
export class Mpc {
  readonly #settings: MpcSettings
  readonly #server: AuthServer
  #context: Promise<Context> | undefined

  constructor(settings: MpcSettings, server: AuthServer) {
    this.#settings = settings
    this.#server = server
  }

  readonly keys = {
    /** Makes a key. The recovery file in the answer is nowhere else. */
    generate: async (wishes: KeyWishes = {}): Promise<NewShares> =>
      (await import('./generate.ts')).generate(await this.#connected(), wishes),
    list: async (options: Abortable = {}): Promise<MpcKey[]> =>
      (await import('./keys.ts')).listKeys(await this.#connected(), options),
    get: async (keyId: string, options: Abortable = {}): Promise<MpcKey> =>
      (await import('./keys.ts')).getKey(await this.#connected(), keyId, options),
    /** What loosens the policy needs an approval. */
    update: async (keyId: string, changes: KeyChanges, wishes: Approvable = {}): Promise<MpcKey> =>
      (await import('./keys.ts')).updateKey(await this.#connected(), keyId, changes, wishes),
    freeze: async (keyId: string, options: Abortable = {}): Promise<MpcKey> =>
      (await import('./keys.ts')).freezeKey(await this.#connected(), keyId, options),
    unfreeze: async (keyId: string, wishes: Approvable = passkey): Promise<MpcKey> =>
      (await import('./keys.ts')).unfreezeKey(await this.#connected(), keyId, { ...passkey, ...wishes }),
    /** New shares of the same key, for the same parties or others. */
    refresh: async (keyId: string, wishes: RefreshWishes = {}): Promise<NewShares> =>
      (await import('./reshare.ts')).refresh(await this.#connected(), keyId, { ...passkey, ...wishes }),
    /** A new share for this device, from its recovery file. */
    recover: async (
      keyId: string,
      recovery: RecoveryFile | string | readonly (RecoveryFile | string)[],
      wishes: Approvable = {},
    ): Promise<NewShares> =>
      (await import('./reshare.ts')).recover(await this.#connected(), keyId, recovery, { ...passkey, ...wishes }),
    delete: async (keyId: string, wishes: Approvable = {}): Promise<void> =>
      (await import('./keys.ts')).deleteKey(await this.#connected(), keyId, { ...passkey, ...wishes }),
  }

  /** Signs a message, as UTF-8 where it is a text. */
  async sign(keyId: string, message: Uint8Array | string, wishes: SignWishes = {}): Promise<Signed> {
    return (await import('./sign.ts')).sign(await this.#connected(), keyId, message, wishes)
  }

  /** What the key's policy would answer to a signature, which is not made. */
  async dryRun(keyId: string, message: Uint8Array, options: Abortable = {}): Promise<PolicyAnswer> {
    return (await import('./keys.ts')).dryRun(await this.#connected(), keyId, message, options)
  }

  #connected(): Promise<Context> {
    this.#context ??= import('./context.ts').then(({ contextOf }) => contextOf(this.#settings, this.#server))
    return this.#context
  }
}

/** What cannot be done without an approval asks for one. */
const passkey: Approvable = { approve: 'passkey' }
