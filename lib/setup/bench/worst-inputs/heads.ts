import type { Asker } from './endpoints.ts'
import { long, texts } from './texts.ts'

/** Node takes 16 KiB of a request's head. */
const room = 15 * 1024

interface Head {
  path: string
  as: Asker
  headers?: Record<string, string>
}

const deep = Buffer.from('['.repeat(room * 0.7)).toString('base64url')

/** Requests without a body, by what is bad about them. */
export const heads: Record<string, Head> = {
  'a key of letters': {
    path: '/v1/tenant',
    as: 'anybody',
    headers: { authorization: `Bearer sk_live_${'a'.repeat(room)}` },
  },
  'a key of underscores': {
    path: '/v1/tenant',
    as: 'anybody',
    headers: { 'x-api-key': `sk_live_${'_'.repeat(room)}` },
  },
  'a token of dots': { path: '/v1/tenant', as: 'anybody', headers: { authorization: `Bearer ${'.'.repeat(room)}` } },
  'a token whose head is deep': {
    path: '/v1/tenant',
    as: 'anybody',
    headers: { authorization: `Bearer ${deep}.e30.e30` },
  },
  'a DPoP proof whose head is deep': {
    path: '/oauth/userinfo',
    as: 'anybody',
    headers: { authorization: 'DPoP x', dpop: `${deep}.e30.e30` },
  },
  'many hops': {
    path: '/v1/tenant',
    as: 'anybody',
    headers: { 'x-forwarded-for': `127.0.0.1${',127.0.0.1'.repeat(room / 10 - 1)}` },
  },
  'many hops of IPv6': {
    path: '/v1/tenant',
    as: 'anybody',
    headers: { 'x-forwarded-for': `[::1]:1${',[::1]:1'.repeat(room / 8 - 1)}` },
  },
  'an Idempotency-Key of letters': {
    path: '/v1/keys',
    as: 'a key',
    headers: { 'idempotency-key': 'a'.repeat(room) },
  },
  'a user’s token whose head is deep': {
    path: '/v1/passkeys',
    as: 'a key',
    headers: { 'x-user-token': `${deep}.e30.e30` },
  },
  'many states of a trace': {
    path: '/v1/tenant',
    as: 'a key',
    headers: {
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      tracestate: 'a=b,'.repeat(room / 4 - 40),
    },
  },
  'many versions of what is there': {
    path: '/v1/openapi.json',
    as: 'anybody',
    headers: { 'if-none-match': 'W/a,'.repeat(room / 4) },
  },
  'a long language': {
    path: '/v1/tenant',
    as: 'a key',
    headers: { 'accept-language': 'a-b;q=0.1,'.repeat(room / 10 - 40) },
  },
  'many cookies': { path: '/console/api/session', as: 'anybody', headers: { cookie: 'a=;'.repeat(room / 3) } },
  'a cookie of escapes': {
    path: '/console/api/session',
    as: 'anybody',
    headers: { cookie: `console=${'%61'.repeat(room / 3)}` },
  },
  'many members of a query': { path: `/v1/usage?${'a&'.repeat(room / 2)}`, as: 'a key' },
  'a day of digits': { path: `/v1/usage?from=${'1'.repeat(room)}`, as: 'a key' },
  'many types to accept': { path: '/v1/usage', as: 'a key', headers: { accept: 'text/csv;q=0,'.repeat(room / 13) } },
  'names that are looked for': {
    path: `/v1/passkeys?username=${encodeURIComponent(long(texts['combining marks'] ?? '', room / 3))}`,
    as: 'a key',
  },
  'wild cards that are looked for': { path: `/console/api/audit?q=${'%25'.repeat(room / 3)}`, as: 'a member' },
  'many parameters': { path: `/oauth/authorize?${'a&'.repeat(room / 2)}`, as: 'anybody' },
  'many scopes': { path: `/oauth/authorize?client_id=x&scope=${'a+'.repeat(room / 2)}`, as: 'anybody' },
  'deep claims': { path: `/oauth/authorize?client_id=x&claims=${'['.repeat(room)}`, as: 'anybody' },
  'many resources': { path: `/oauth/authorize?client_id=x${'&resource=a:b'.repeat(room / 13 - 2)}`, as: 'anybody' },
  'escapes in the path': { path: `/v1/${'%61'.repeat(room / 3)}`, as: 'anybody' },
  'many parts of the path': { path: `/v1${'/a'.repeat(room / 2)}`, as: 'anybody' },
  'many steps up': { path: `/v1${'/a/..'.repeat(room / 5)}/tenant`, as: 'anybody' },
}
