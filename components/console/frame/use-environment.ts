import { useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import type { Environment } from '#lib/contract/environment.ts'

/** The environment that the whole Console shows, as the address says it: test, unless that says live. */
export function useEnvironment(): Environment {
  return useSearchParams().get('environment') === 'live' ? 'live' : 'test'
}

/** Has the address say the environment of what the page shows, once that is known. */
export function useShown(environment: Environment | undefined): void {
  const said = useEnvironment()
  useEffect(() => {
    if (!environment || environment === said) return
    const { pathname, search, hash } = window.location
    const query = new URLSearchParams(search)
    if (environment === 'live') query.set('environment', 'live')
    else query.delete('environment')
    window.history.replaceState(null, '', `${pathname}${query.size ? `?${query}` : ''}${hash}`)
  }, [environment, said])
}
