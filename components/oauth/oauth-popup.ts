/** What the callback page hands over. */
export interface CallbackMessage {
  type: 'oauth-callback'
  /** The query that the server came back with. */
  search: string
}

/** Where the callback page hands it over when it has no opener: a channel that only this flow knows. */
export function channelOf(state: string): string {
  return `oauth-callback ${state}`
}

/** The window was closed before the server came back. */
export class PopupClosed extends Error {
  override name = 'PopupClosed'
}

/** Opens the window of the sign-in. Only inside a click: browsers refuse it elsewhere. Null: refused. */
export function openPopup(): Window | null {
  const [width, height] = [480, 760]
  const left = Math.round(screenX + (outerWidth - width) / 2)
  const top = Math.round(screenY + (outerHeight - height) / 2)
  return window.open('', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`)
}

/**
 * Waits for the callback page of this flow, in whichever window it is.
 *
 * @throws PopupClosed, or the signal's reason
 */
export async function callbackOf(state: string, popup: Window | null, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const channel = new BroadcastChannel(channelOf(state))
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const take = (data: unknown) => {
    const { type, search } = (data ?? {}) as Partial<CallbackMessage>
    if (type === 'oauth-callback' && new URLSearchParams(search).get('state') === state) resolve(search ?? '')
  }
  const fromWindow = ({ origin, data }: MessageEvent) => origin === location.origin && take(data)
  const stop = () => reject(signal.reason)
  channel.onmessage = ({ data }) => take(data)
  window.addEventListener('message', fromWindow)
  signal.addEventListener('abort', stop)
  // Its last message may still be on its way when it has closed.
  const watch = setInterval(() => {
    if (!popup?.closed) return
    clearInterval(watch)
    setTimeout(() => reject(new PopupClosed('The window was closed.')), 500)
  }, 250)
  return promise.finally(() => {
    clearInterval(watch)
    channel.close()
    window.removeEventListener('message', fromWindow)
    signal.removeEventListener('abort', stop)
  })
}

/** The callback page’s part: hands its query to the Playground. False when nobody can be waiting for it. */
export function handOver(search: string): boolean {
  const state = new URLSearchParams(search).get('state')
  if (!state) return false
  const message: CallbackMessage = { type: 'oauth-callback', search }
  if (opensHere()) window.opener.postMessage(message, location.origin)
  else {
    const channel = new BroadcastChannel(channelOf(state))
    channel.postMessage(message)
    channel.close()
  }
  return true
}

/** Whether a page of this origin has opened this window. Another’s address cannot be read. */
function opensHere(): boolean {
  try {
    return window.opener?.location.origin === location.origin
  } catch {
    return false
  }
}
