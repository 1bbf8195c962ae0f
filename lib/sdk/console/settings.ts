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
