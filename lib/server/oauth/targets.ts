import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { defaultResource } from './resources.ts'

// An exchange that names another resource than the one that was allowed is a mistake of the app, and no theft: its code is
// as good as before, and the answer says what it is for.

interface Source {
  /** Absent where the user gave nothing. */
  grantId?: string
  resource?: string | string[]
  consume(): Promise<void>
}

/** Lets the provider refuse another resource before it uses a code up, whether that came by redirect or to a device. */
export function checkTargets(server: Provider): void {
  for (const { prototype } of [server.AuthorizationCode, server.DeviceCode] as unknown as { prototype: Source }[]) {
    const { consume } = prototype
    prototype.consume = async function (this: Source) {
      const { ctx } = Provider
      const asked = ctx && this.grantId ? askedOf(ctx) : undefined
      if (asked && !allowedBy(this).includes(asked)) throw new errors.InvalidTarget(differenceOf(asked, this, 'code'))
      return consume.call(this)
    }
  }
}

/** After the token endpoint: what a refresh token is for, where another resource was asked for. */
export function explainTarget(ctx: KoaContextWithOIDC): void {
  const token = ctx.oidc?.entities.RefreshToken as Source | undefined
  const body = ctx.body as { error?: string } | undefined
  const asked = body?.error === 'invalid_target' && token && askedOf(ctx)
  if (asked) ctx.body = { ...body, error_description: differenceOf(asked, token, 'refresh token') }
}

/** The resource that a request names; of several, the one that would be taken. */
function askedOf(ctx: KoaContextWithOIDC): string | undefined {
  const { resource } = (ctx.oidc?.params ?? {}) as { resource?: string | string[] }
  const { client } = ctx.oidc
  return Array.isArray(resource) && client ? defaultResource(ctx, client, resource) : (resource as string | undefined)
}

function allowedBy({ resource = [] }: Source): string[] {
  return [resource].flat()
}

/** In the characters that RFC 6749 §5.2 allows. */
function differenceOf(asked: string, source: Source, name: string): string {
  const allowed = allowedBy(source).join(' and ') || 'no resource (who the user is, at userinfo)'
  return `the ${name} is for ${allowed}, and ${asked.replace(/[^\x21\x23-\x5b\x5d-\x7e]/g, '').slice(0, 200)} was asked for`
}
