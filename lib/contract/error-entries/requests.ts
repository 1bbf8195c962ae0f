import type { ErrorEntry } from './entry.ts'

/** Of requests that cannot be read, or go where nothing is, and of a server that cannot answer. */
export const requests = {
  invalid_request: {
    meaning:
      'Something in the request is not as it must be. Nothing was done. `issues` names each member and what is wrong with it.',
    causes: [
      {
        because: 'A member is missing, misspelt or of another kind.',
        help: 'Each of `issues` has a `path` into the request. Members that are not known are refused, too, so that a slip is not taken for an option.',
        link: ['API reference', '/docs/reference'],
      },
      {
        because: 'The body is no JSON.',
        help: 'Send what `JSON.stringify` or `json.dumps` gives, in UTF-8.',
      },
      {
        because: 'Two ways to say who asks were used at once.',
        help: 'Send the key in `Authorization` or in `X-API-Key`, and an access token instead of a key, never beside it.',
      },
      {
        because: 'There are as many of these as there may be.',
        help: '`detail` says so. Delete those that nobody needs.',
      },
    ],
  },
  not_found: {
    meaning:
      'There is nothing of this id or at this path, for you. What belongs to another tenant or environment looks the same.',
    causes: [
      {
        because: 'The id is of the other environment.',
        help: 'A test key sees nothing that a live key made. Ask with a key of the environment that it was made in.',
        link: ['Keys', '/console/keys'],
      },
      { because: 'It was deleted, or its time has passed.', help: 'List what is there, and use an id of that list.' },
      {
        because: 'The path is mistyped.',
        help: '`detail` repeats it. Paths begin with `/v1` and end without a slash.',
      },
    ],
  },
  method_not_allowed: {
    meaning: 'The path is right, but nothing there answers this method. `Allow` says which do.',
    causes: [
      {
        because: 'A call that changes something was sent with GET, or the other way round.',
        help: 'Look the method up.',
        link: ['API reference', '/docs/reference'],
      },
      {
        because: 'A form or a redirect made a GET of a POST.',
        help: 'Send the call from code, to the address itself.',
      },
    ],
  },
  body_too_large: {
    meaning: 'A body may have 64 KiB. It was not read further than that.',
    causes: [
      { because: 'A file or a picture is in the JSON.', help: 'Send where it is, and not the thing itself.' },
      { because: 'Many things were put into one call.', help: 'Send them in several.' },
    ],
  },
  unsupported_media_type: {
    meaning: 'A body came that is not said to be JSON.',
    causes: [
      {
        because: '`Content-Type` is missing, or is that of a form.',
        help: 'Send `Content-Type: application/json`. curl says `application/x-www-form-urlencoded` unless it is told.',
      },
    ],
  },
  idempotency_conflict: {
    meaning:
      'This `Idempotency-Key` came before, with another request, or with one that is still under way. Nothing was done now.',
    causes: [
      {
        because: 'One key is used for different calls.',
        help: 'Make a new key for each thing that is to happen once, and send it again only with the same body. The SDKs do it by themselves.',
      },
      { because: 'The first try has not ended.', help: 'Ask again in a moment: its answer is then given again.' },
    ],
  },
  rate_limited: {
    meaning:
      'More calls came in a minute than the limit allows. `Retry-After` says for how many seconds none is taken.',
    causes: [
      {
        because: 'The key’s minute is used up.',
        help: 'Wait for `Retry-After`; the SDKs do, twice. `RateLimit` on every answer says what is left.',
        link: ['Usage', '/console/usage'],
      },
      {
        because: 'Several services share one key.',
        help: 'Keys that were rotated from one another share one limit, others do not: give each service its own.',
        link: ['Keys', '/console/keys'],
      },
      {
        because: 'Wrong keys came from this address.',
        help: '`violated-policies` says `failures`: who sends many keys that are not valid is slowed down. Correct the key, and wait.',
      },
    ],
  },
  concurrency_limited: {
    meaning: 'As many calls of this key are under way as may be at once: 5 with a test key, 50 or 500 with a live one.',
    causes: [
      { because: 'Calls are sent all at once.', help: 'Send a few at a time, and the next when one has ended.' },
      { because: 'Skills that take long are under way.', help: 'Wait until some have ended, and ask again.' },
    ],
  },
  internal: {
    meaning:
      'The server failed, and says nothing of how, since that is nobody’s business. Whether something was done is not known.',
    causes: [
      {
        because: 'A fault of this server.',
        help: 'Try once more, with the same `Idempotency-Key`. If it goes on, tell the operator the `requestId`: the log has the reason under it.',
        link: ['Logs', '/console/logs'],
      },
    ],
  },
  unavailable: {
    meaning:
      'The server cannot do it now. Where `Retry-After` stands, nothing was changed, and the same call may come again.',
    causes: [
      {
        because: 'It is being started, stopped or updated.',
        help: 'Wait for `Retry-After`; the SDKs do. Another process takes the next try.',
      },
      {
        because: 'Its database cannot be written.',
        help: '`/readyz` tells the operator why. Nothing is answered that could not be counted.',
      },
      { because: 'The MPC server behind it is not reached.', help: 'The operator looks at `/readyz`, which names it.' },
    ],
  },
} as const satisfies Record<string, ErrorEntry>
