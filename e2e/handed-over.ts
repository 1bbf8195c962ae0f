import type { Page } from '@playwright/test'

/** The members of publicKey that JSON can carry; bytes become their length. */
export type HandedOver = Record<string, unknown>

/** Watches what the page hands to `navigator.credentials`; call it before the page opens, the returned function after. */
export async function watchCredentials(page: Page): Promise<() => Promise<{ call: string; publicKey: HandedOver }[]>> {
  await page.addInitScript(() => {
    const calls: string[] = []
    Object.assign(window, { calls })
    const bytes = (_: string, value: unknown) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : value
    for (const call of ['create', 'get'] as const) {
      const original = navigator.credentials[call].bind(navigator.credentials)
      navigator.credentials[call] = (options?: CredentialCreationOptions & CredentialRequestOptions) => {
        calls.push(JSON.stringify({ call, publicKey: options?.publicKey }, bytes))
        return original(options)
      }
    }
  })
  return async () => ((await page.evaluate('calls')) as string[]).map((text) => JSON.parse(text))
}
