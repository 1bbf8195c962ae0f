export const server = 'https://auth.example'
export const client = { clientId: 'app', redirectUri: 'https://app.example/callback' }

/** An auth server whose endpoints answer what a test says, and what it was asked. */
export function answering(answer: (said: string) => Response | Promise<Response>, issuer = server) {
  const asked: { url: string; body: URLSearchParams }[] = []
  const fetch: typeof globalThis.fetch = async (url, { body, headers } = {}) => {
    const parameters = new URLSearchParams(String(body ?? ''))
    asked.push({ url: String(url), body: parameters })
    const said = [...parameters.values(), new Headers(headers).get('authorization')].join(' ')
    if (!String(url).includes('/.well-known/')) return answer(said)
    return Response.json({
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      userinfo_endpoint: `${issuer}/oauth/userinfo`,
      authorization_response_iss_parameter_supported: true,
    })
  }
  return { fetch, asked }
}

export const tokens = () => Response.json({ access_token: 'at', token_type: 'bearer', expires_in: 60 })

/** What a call is refused with. */
export async function thrown(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  )
}
