import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { PageBranding } from '#lib/contract/oauth.ts'
import { findClient } from '../clients/find-client.ts'
import { aboutOf, pageBrandingOf } from './about.ts'
import { deviceCodePage, deviceConfirmPage, deviceDonePage } from './pages/device-pages.ts'
import { errorPage } from './pages/error-page.ts'
import type { MakerNotes } from './pages/maker-notes.ts'
import { signedOutPage, signOutPage } from './pages/sign-out-pages.ts'

// The pages that the provider shows by itself: it says what, and these say how.

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>
type Logout = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>

export const renderError: NonNullable<Configuration['renderError']> = async (ctx, out) => {
  const more = await moreFor(ctx, out.error)
  show(ctx, errorPage({ ...out, leaving: ctx.path.startsWith('/oauth/logout'), ...more }))
}

/** What a test client's makers are told; of a live one, of whoever is not known, and while that cannot be read, nothing. */
async function moreFor(
  { oidc, query }: KoaContextWithOIDC,
  error: string,
): Promise<{ notes: MakerNotes; tenant: PageBranding } | undefined> {
  const id = oidc?.client?.clientId
  const client = id === undefined ? null : await findClient(id).catch(() => null)
  if (client?.environment !== 'test') return undefined
  const asked = oidc.params?.redirect_uri ?? query.redirect_uri
  const received = typeof asked === 'string' ? asked : undefined
  const redirect = error === 'invalid_redirect_uri' ? { received, registered: client.redirectUris } : undefined
  const notes = { client: { id: client.id, name: client.name }, ...(redirect ? { redirect } : {}) }
  return { notes, tenant: pageBrandingOf(client.tenant) }
}

/** Where a device's code is typed; `err` says what was wrong with the one before. */
export const renderDeviceCode: NonNullable<DeviceFlow['userCodeInputSource']> = async (ctx, _form, out, err) => {
  if (err) await keepSession(ctx)
  const { userCode } = (err ?? {}) as { userCode?: string }
  const form = { ...formOf(ctx, 'code_verification'), ...(userCode ? { userCode } : {}) }
  const problem = err ? (problems[err.name] ?? (out?.error === 'access_denied' ? 'denied' : 'failed')) : undefined
  // Whose code it was is known where somebody called it off.
  show(ctx, deviceCodePage(form, problem, await aboutOf(ctx.oidc.deviceCode?.clientId)))
}

// A form that is shown anew can be sent for so long.
const formSeconds = 900

/** A form may come without a session. The library then makes one for the next form, and fails to keep it. */
async function keepSession({ oidc, cookies, secure }: KoaContextWithOIDC): Promise<void> {
  const { session, provider } = oidc
  if (!session || session.exp !== undefined) return
  await session.save(formSeconds)
  cookies.set(provider.cookieName('session'), session.jti, { httpOnly: true, sameSite: 'lax', secure, signed: true })
}

const problems: Record<string, Parameters<typeof deviceCodePage>[1]> = {
  NoCodeError: 'missing',
  NotFoundError: 'wrong',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
  AbortedError: 'denied',
}

export const renderDeviceConfirm: NonNullable<DeviceFlow['userCodeConfirmSource']> = async (
  ctx,
  _form,
  client,
  device,
  userCode,
) => {
  const { ip, ua } = device as { ip?: string; ua?: string }
  const about = await aboutOf(client.clientId)
  const form = { ...formOf(ctx, 'code_verification'), userCode }
  show(ctx, deviceConfirmPage(form, about, { ...(ip ? { address: ip } : {}), ...(ua ? { userAgent: ua } : {}) }))
}

export const renderDeviceDone: NonNullable<DeviceFlow['successSource']> = async (ctx) => {
  show(ctx, deviceDonePage(await aboutOf(ctx.oidc.client?.clientId)))
}

export const renderSignOut: NonNullable<Logout['logoutSource']> = async (ctx) => {
  show(ctx, signOutPage(formOf(ctx, 'end_session_confirm'), await aboutOf(ctx.oidc.client?.clientId)))
}

export const renderSignedOut: NonNullable<Logout['postLogoutSuccessSource']> = async (ctx) => {
  show(ctx, signedOutPage(await aboutOf(ctx.oidc.client?.clientId)))
}

/** Where a page's form goes, with the secret that shows that it came from this page. */
function formOf({ oidc }: KoaContextWithOIDC, route: string): { action: string; xsrf: string } {
  const { secret } = (oidc.session?.state ?? {}) as { secret?: string }
  return { action: oidc.urlFor(route), xsrf: secret ?? '' }
}

function show(ctx: KoaContextWithOIDC, page: string): void {
  ctx.type = 'html'
  ctx.body = page
}
