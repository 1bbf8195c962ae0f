/** The version of the packages: package.json's. */
export const packageVersion = '0.1.0'

/** Where a server hands out the packages that fit it, below its BASE_URL. */
export const packagePaths = {
  sdk: '/downloads/sdk.tgz',
  wheel: `/downloads/webauthn_playground-${packageVersion}-py3-none-any.whl`,
} as const
