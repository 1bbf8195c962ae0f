import { apiResource } from '#lib/contract/oauth-resources.ts'
import { audienceOf } from '#lib/contract/token.ts'
import type { TokenAnswer } from '#lib/sdk/oauth.ts'
import type { FlowClient, OAuthChoices } from './oauth-flow.ts'
import { OAuthJwt } from './oauth-jwt.tsx'

interface Props {
  tokens: TokenAnswer
  choices: OAuthChoices
  baseUrl: string
  client: FlowClient
}

/** The tokens of an answer, each with its verdict. */
export function OAuthTokens({ tokens, choices, baseUrl, client }: Props) {
  const audience = choices.resource === 'mpc' ? audienceOf(client.environment) : apiResource(baseUrl)
  const ofAccess = ['exp', 'sub', 'client_id', 'providerTenantId']
  return (
    <div className="space-y-5">
      <OAuthJwt
        name="access token"
        token={tokens.accessToken}
        baseUrl={baseUrl}
        expected={{ typ: 'at+jwt', audience, claims: ofAccess }}
      />
      {tokens.idToken ? (
        <OAuthJwt
          name="ID token"
          token={tokens.idToken}
          baseUrl={baseUrl}
          expected={{ audience: client.clientId, claims: ['exp', 'sub', 'iat'] }}
        />
      ) : null}
    </div>
  )
}
