/**
 * Keeps what a console shows as an error: exceptions, rejections, `console.error`, resources that do not load, and what the
 * page's policy forbids. As text it runs in a page before the page's own scripts; WebKit's driver tells nothing of a console.
 */
export const keepErrors = `{
  const kept = []
  globalThis.keptErrors = kept
  addEventListener('error', ({ message, target }) => kept.push(message ?? 'not loaded: ' + (target.src ?? target.href ?? target.data)), true)
  addEventListener('unhandledrejection', ({ reason }) => kept.push('unhandled: ' + reason))
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => kept.push('forbidden by ' + effectiveDirective))
  const log = console.error
  console.error = (...words) => {
    kept.push(words.join(' '))
    log.apply(console, words)
  }
  document.currentScript?.remove()
}`

/** Takes what was kept; an expression. */
export const takeErrors = '(globalThis.keptErrors ?? []).splice(0)'
