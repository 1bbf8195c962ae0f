/** The host of the server under test, as browsers see it: the RP ID of tenants that set none. */
export const { hostname: host } = new URL(process.env.BASE_URL ?? '')
