/** The identifier of a resource that tokens are for (RFC 8707): this server's API, or the MPC server. */
export const mpcResource = 'urn:mpc-server'

/** The API's own resource identifier, below the server's BASE_URL. */
export function apiResource(baseUrl: string): string {
  return `${baseUrl}/v1`
}
