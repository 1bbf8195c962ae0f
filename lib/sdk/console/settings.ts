import type {
  AttestationPolicyUpdate,
  AttestationPolicyView,
  TrustAnchorCreate,
  TrustAnchorView,
} from '#lib/contract/attestation.ts'
import type { BrandingUpdate, BrandingView, RelyingPartyUpdate, RelyingPartyView } from '#lib/contract/console.ts'
import type { ConsoleSend } from './send.ts'

/** Whether people may make an account on the sign-in page of OAuth. */
export const signUp = (send: ConsoleSend) => ({
  read: () => send<{ signUp: boolean }>('GET', '/sign-up'),
  update: (signUp: boolean) => send<{ signUp: boolean }>('PATCH', '/sign-up', { body: { signUp } }),
})

export const relyingParty = (send: ConsoleSend) => ({
  read: () => send<RelyingPartyView>('GET', '/relying-party'),
  update: (body: RelyingPartyUpdate) => send<RelyingPartyView>('PATCH', '/relying-party', { body }),
})

export const branding = (send: ConsoleSend) => ({
  read: () => send<BrandingView>('GET', '/branding'),
  update: (body: BrandingUpdate) => send<BrandingView>('PATCH', '/branding', { body }),
})

/** What is asked of the attestation of new passkeys, and who is trusted to vouch for authenticators. */
export const attestation = (send: ConsoleSend) => ({
  read: () => send<AttestationPolicyView>('GET', '/attestation'),
  update: (body: AttestationPolicyUpdate) => send<AttestationPolicyView>('PATCH', '/attestation', { body }),
  addAnchor: (body: TrustAnchorCreate) => send<TrustAnchorView>('POST', '/trust-anchors', { body }),
  removeAnchor: (id: string) => send<undefined>('DELETE', `/trust-anchors/${encodeURIComponent(id)}`),
})
