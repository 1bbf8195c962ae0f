/** A key that this server offers to everybody who opens its Playground. */
export interface DemoKey {
  tenantId: string
  tenantName: string
  key: string
}

/** A username that nobody has yet, short enough to read out on a stage. */
export function freshUsername(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const picked = crypto.getRandomValues(new Uint8Array(4))
  return `demo-${Array.from(picked, (byte) => letters[byte % letters.length]).join('')}`
}
