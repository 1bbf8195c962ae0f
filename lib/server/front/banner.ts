import { relationOf } from '#lib/webauthn/origin.ts'

/** What the banner tells. */
interface Facts {
  baseUrl: string
  /** Address of the MPC server beside it; undefined without. */
  mpc?: string | undefined
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
export function banner({ baseUrl, mpc, demo, setUp, tenants }: Facts): string {
  const keys = demo.map(({ tenantName, key }) => `    ${tenantName.padEnd(12)}  ${key}`)
  const links = setUp.map(({ tenantName, link }) => `    ${tenantName.padEnd(12)}  ${link}`)
  return [
    '',
    '  WebAuthn Playground is ready.',
    '',
    `    Playground    ${baseUrl}/playground`,
    `    API           ${baseUrl}/v1`,
    `    Docs          ${baseUrl}/docs`,
    ...(mpc ? [`    MPC server    ${mpc}`] : []),
    ...noPasskeysAt(baseUrl).flatMap((line) => ['', line]),
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

/** That browsers will refuse every ceremony there, while whoever starts the server can still change it. */
function noPasskeysAt(baseUrl: string): string[] {
  const { hostname } = new URL(baseUrl)
  switch (relationOf(baseUrl, hostname)) {
    case 'address':
      return [
        `  Browsers offer no passkeys at ${hostname}, which is an address: set BASE_URL to a domain, or leave it unset for localhost.`,
      ]
    case 'insecure':
      return [
        `  Browsers offer no passkeys over http: at ${hostname}: set BASE_URL to an https: address, with a proxy in front.`,
      ]
    default:
      return []
  }
}
