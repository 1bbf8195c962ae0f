import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { canonicalBase64url } from '#lib/webauthn/decode/bytes.ts'

const parameters = ['code_challenge', 'dpop_jkt']

/**
 * Parameters of an authorization that are SHA-256 hashes, each with what the library is to judge it by: whatever is no hash,
 * or is not written in the one way that there is, no verifier and no key ever fits.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-10
 */
export const hashParameters = Object.fromEntries(
  parameters.map((name) => [
    name,
    (_ctx: KoaContextWithOIDC, value: string | undefined) => {
      if (value === undefined || (value.length === 43 && canonicalBase64url.test(value))) return
      throw new errors.InvalidRequest(`${name} must be a SHA-256 hash, 43 characters of base64url`)
    },
  ]),
)
