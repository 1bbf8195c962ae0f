import type { Environment } from '#lib/contract/environment.ts'

/** Says beside a button that it will ask for a passkey, where it will. */
export function PasskeyNote({ environment, what }: { environment: Environment; what: string }) {
  return environment === 'live' ? (
    <p className="text-[13px] text-soft">Your browser will ask for your passkey, since this is a live {what}.</p>
  ) : null
}
