import type { HandOffCreate, HandOffCreated, HandOffTaken, HandOffView } from '#lib/contract/hand-offs.ts'
import type { Extra, Send } from './send.ts'

export const handOffs = (send: Send) => ({
  /** Makes a one-time code with this client’s test key; its `url` is for the phone. */
  create: (body: HandOffCreate = {}, extra: Extra = {}) =>
    send<HandOffCreated>('POST', '/v1/hand-offs', { body, ...extra }),
  /** Whether a code was taken. */
  read: (id: string, extra: Extra = {}) => send<HandOffView>('GET', `/v1/hand-offs/${encodeURIComponent(id)}`, extra),
  /** Takes what a code stands for, once, and needs no key. */
  take: (code: string, extra: Extra = {}) =>
    send<HandOffTaken>('POST', '/v1/hand-offs/take', { body: { code }, ...extra }),
})
