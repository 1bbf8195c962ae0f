const home = '/console'
const signIn = '/console/sign-in'

/** Where to sign in, so that one comes back to `next` afterwards. */
export function signInPath(next: string): string {
  const back = pathHere(next)
  return back === home ? signIn : `${signIn}?next=${encodeURIComponent(back)}`
}

/**
 * The path of this site that `next` names; the Console's first page for anything else.
 *
 * Another site's address is never followed, however it is written: what a browser would read in it decides.
 */
export function pathHere(next: string | null | undefined): string {
  const site = 'https://here.invalid'
  if (!next?.startsWith('/') || !URL.canParse(next, site)) return home
  const { origin, pathname, search, hash } = new URL(next, site)
  if (origin !== site || pathname.startsWith('//')) return home
  if (pathname.startsWith(signIn) || pathname.startsWith('/console/api')) return home
  return `${pathname}${search}${hash}`
}

/** Leaves for the sign-in page, to come back here. */
export function goAndSignIn(): void {
  location.assign(signInPath(`${location.pathname}${location.search}`))
}
