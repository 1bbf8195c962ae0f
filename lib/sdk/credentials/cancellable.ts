import { WebAuthnAbortService } from '@simplewebauthn/browser'

/** Calls the browser for a credential, in a dialogue that ends with the signal. */
export async function cancellable<Answer>(
  signal: AbortSignal | undefined,
  call: () => Promise<Answer>,
): Promise<Answer> {
  signal?.throwIfAborted()
  const cancel = () => WebAuthnAbortService.cancelCeremony()
  signal?.addEventListener('abort', cancel)
  try {
    return await call()
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}
