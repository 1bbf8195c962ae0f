/** What the API answers; every other path is a page. The route handlers in `app` and the matcher of `proxy.ts` agree with it. */
export const apiPath =
  /^\/(?:v1|\.well-known|livez|readyz|metrics|downloads|console\/api|oauth|device|(?:interaction|approval)\/[^/]+\/api|account\/api)(?:[/?]|$)/
