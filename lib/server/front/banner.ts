/** What the banner tells. */
interface Facts {
  baseUrl: string
  demo: { tenantName: string; key: string }[]
  setUp: { tenantName: string; link: string }[]
  /** Whether there is any tenant. */
  tenants: boolean
}

const firstSteps = [
  '    npm run --silent admin -- tenants create --name "Acme Wallet" --slug acme-wallet',
  '    npm run --silent admin -- console invite --tenant acme-wallet',
]

/** What the server says when it is ready: where it is, and how to begin. */
export function banner({ baseUrl, demo, setUp, tenants }: Facts): string {
  const keys = demo.map(({ tenantName, key }) => `    ${tenantName.padEnd(12)}  ${key}`)
  const links = setUp.map(({ tenantName, link }) => `    ${tenantName.padEnd(12)}  ${link}`)
  return [
    '',
    '  WebAuthn Playground is ready.',
    '',
    `    Playground    ${baseUrl}/playground`,
    `    API           ${baseUrl}/v1`,
    ...(keys.length > 0 ? ['', '  Demo keys (test environment):', '', ...keys] : []),
    ...(tenants ? [] : ['', '  No tenant yet. The first one, and the link into its Console:', '', ...firstSteps]),
    ...(links.length > 0 ? ['', '  Console set-up, once for each tenant, within a day:', '', ...links] : []),
    '',
    `  Members sign in to the Console at ${baseUrl}/console`,
    '',
    '  Press Ctrl+C to stop.',
    '',
  ].join('\n')
}
