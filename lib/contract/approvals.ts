import { z } from 'zod'
import { type Action, action } from './action.ts'
import type { PageBranding } from './oauth.ts'

/** What an OAuth app asks its user to approve. */
export const approvalCreate = z.strictObject({ action })
export type ApprovalCreate = z.input<typeof approvalCreate>

/** What was asked: the app takes its user to `url`, in a window of its own or in place of its page. */
export const approvalCreated = z.object({ id: z.string(), url: z.url(), expiresAt: z.iso.datetime() })
export type ApprovalCreated = z.infer<typeof approvalCreated>

/** How far it is. `approval`, the JWT, comes with the first answer that says `approved`, and never again. */
export const approvalState = z.object({
  status: z.enum(['pending', 'approved', 'declined', 'expired']),
  approval: z.string().optional(),
})
export type ApprovalState = z.infer<typeof approvalState>

/** What the page `/approval/{id}` asks a user. */
export interface ApprovalView {
  id: string
  client: { name: string; logoUrl: string | null }
  tenant: PageBranding
  environment: 'test' | 'live'
  user: { username: string; displayName: string }
  action: Action
}
