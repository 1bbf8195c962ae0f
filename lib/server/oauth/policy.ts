import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'

/**
 * How strongly somebody signed in: every passkey resists phishing (`phr`), and one that cannot leave its device is also
 * protected by hardware (`phrh`).
 *
 * @see https://openid.net/specs/openid-connect-eap-acr-values-1_0.html
 */
export const acrValues = ['phr', 'phrh'] as const

/** The `acr` of a sign-in: of the values that were asked for the first that it reaches, else the strongest. */
export function acrOf(amr: readonly string[], asked: unknown): string {
  return wantedOf(asked).find((value) => reaches(amr, value)) ?? (amr.includes('hwk') ? 'phrh' : 'phr')
}

const { Check, base } = interactionPolicy

/** When somebody is asked: the library's own rules but one, and four of ours. */
export function policy() {
  const prompts = base()
  const login = prompts.get('login')
  login?.checks.add(
    // Where nobody at all is asked for, and in the same words: an app does not learn that somebody is signed in elsewhere.
    new Check('other_place', 'End-User authentication is required', 'login_required', ({ oidc }: KoaContextWithOIDC) =>
      Boolean(oidc.session?.accountId && !oidc.account),
    ),
    1,
  )
  login?.checks.add(
    new Check(
      'acr_values',
      'none of the requested acr_values was reached',
      'login_required',
      ({ oidc }: KoaContextWithOIDC) => {
        const wanted = wantedOf(oidc.params?.acr_values)
        if (wanted.length === 0 || !oidc.session?.accountId || oidc.result?.login) return false
        return !wanted.some((value) => reaches(oidc.session?.amr ?? [], value))
      },
    ),
  )
  login?.checks.add(
    new Check('login_hint', 'somebody else is signed in', 'login_required', async ({ oidc }: KoaContextWithOIDC) => {
      const hint = oidc.params?.login_hint
      if (!hint || !oidc.account || oidc.result?.login) return false
      const { preferred_username } = await oidc.account.claims('id_token', 'profile', {}, [])
      return preferred_username !== String(hint).normalize('NFC')
    }),
  )
  // The library asks each time for every client that has a private-use scheme; here it is the address that counts.
  const consent = prompts.get('consent')
  consent?.checks.remove('native_client_prompt')
  consent?.checks.add(
    new Check(
      'private_use_scheme',
      'any app on the device could take this scheme for its own',
      'interaction_required',
      ({ oidc }: KoaContextWithOIDC) => {
        const { redirect_uri } = oidc.params ?? {}
        return Boolean(redirect_uri) && !/^https?:/.test(String(redirect_uri)) && !oidc.result?.consent
      },
    ),
    0,
  )
  return prompts
}

function wantedOf(asked: unknown): string[] {
  return String(asked ?? '')
    .split(' ')
    .filter((value) => (acrValues as readonly string[]).includes(value))
}

function reaches(amr: readonly string[], value: string): boolean {
  return value === 'phr' || amr.includes('hwk')
}
