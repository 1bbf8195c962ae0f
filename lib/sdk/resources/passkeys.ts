import type {
  ApprovalFinished,
  ApproveBegin,
  AuthenticateBegin,
  AuthenticateBegun,
  AuthenticateFinish,
  AuthenticateFinished,
  Passkey,
  PasskeyQuery,
  RegisterBegin,
  RegisterBegun,
  RegisterFinish,
  RegisterFinished,
} from '#lib/contract/passkeys.ts'
import { type Assertion, assert, type Ceremony, type CreateCredential, register } from './ceremony.ts'
import { list } from './list.ts'
import type { Extra, Query, Send } from './send.ts'

export function passkeys(send: Send) {
  const registration = {
    begin: (body: RegisterBegin, extra: Extra = {}) =>
      send<RegisterBegun>('POST', '/v1/passkeys/register/begin', { body, ...extra }),
    finish: (body: RegisterFinish, extra: Extra = {}) =>
      send<RegisterFinished>('POST', '/v1/passkeys/register/finish', { body, repeatable: false, ...extra }),
  }
  const authentication = {
    begin: (body: AuthenticateBegin = {}, extra: Extra = {}) =>
      send<AuthenticateBegun>('POST', '/v1/passkeys/authenticate/begin', { body, ...extra }),
    finish: (body: AuthenticateFinish, extra: Extra = {}) =>
      send<AuthenticateFinished>('POST', '/v1/passkeys/authenticate/finish', { body, repeatable: false, ...extra }),
  }
  const approval = {
    begin: (body: ApproveBegin, extra: Extra = {}) =>
      send<AuthenticateBegun>('POST', '/v1/passkeys/authenticate/begin', { body, ...extra }),
    finish: (body: AuthenticateFinish, extra: Extra = {}) =>
      send<ApprovalFinished>('POST', '/v1/passkeys/authenticate/finish', { body, repeatable: false, ...extra }),
  }
  const authenticate = (body: AuthenticateBegin = {}, extra: Assertion = {}) => assert(authentication, body, extra)
  return {
    /** The whole ceremony, in a browser: asks it for a new passkey between the two calls. */
    register: Object.assign(
      (body: RegisterBegin, extra: Ceremony<CreateCredential> = {}) => register(registration, body, extra),
      registration,
    ),
    /** The whole ceremony, in a browser: asks it for an assertion between the two calls. */
    authenticate: Object.assign(authenticate, authentication),
    /** The whole ceremony, in a browser: the user's approval of one action, and no token. */
    approve: Object.assign((body: ApproveBegin, extra: Assertion = {}) => assert(approval, body, extra), approval),
    /** `authenticate`, by the name that people look for. Without a username the passkey says who it is. */
    signIn: (body: AuthenticateBegin = {}, extra: Assertion = {}) => authenticate(body, extra),
    /** One page, or with `for await` every passkey. */
    list: (query: Query<PasskeyQuery> = {}, extra: Extra = {}) => list<Passkey>(send, '/v1/passkeys', query, extra),
    rename: (id: string, name: string, extra: Extra = {}) =>
      send<Passkey>('PATCH', pathOf(id), { body: { name }, ...extra }),
    delete: (id: string, extra: Extra = {}) => send<undefined>('DELETE', pathOf(id), extra),
  }
}

function pathOf(id: string): string {
  return `/v1/passkeys/${encodeURIComponent(id)}`
}
