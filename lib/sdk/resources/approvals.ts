import type { ApprovalCreate, ApprovalCreated, ApprovalState } from '#lib/contract/approvals.ts'
import type { Extra, Once, Send } from './send.ts'

/** What an OAuth app asks the user of its access token to approve. */
export const approvals = (send: Send) => ({
  create: (body: ApprovalCreate, extra: Extra & Once = {}) =>
    send<ApprovalCreated>('POST', '/v1/approvals', { body, once: true, ...extra }),
  read: (id: string, extra: Extra = {}) => send<ApprovalState>('GET', `/v1/approvals/${encodeURIComponent(id)}`, extra),
})
