import { webAuthnOptions } from '#lib/webauthn/options.ts'
import { withOption } from '../options/option-values.ts'
import type { Start } from '../run.ts'
import { freshUsername } from '../setup/demo-key.ts'
import { openedRun } from '../state.ts'
import type { Help } from './help.ts'
import type { HelpingPage, Offer } from './helping-page.ts'

/**
 * What the page can do about a failure of the ceremony on show. No name here is one of the page's own controls, of each of
 * which there is exactly one.
 */
export function helping(page: HelpingPage): (help: Help) => Offer | undefined {
  const { state, dispatch, demoKeys, start, enterKey } = page
  const { username, choices } = state
  const { run, of, imported, example } = openedRun(state) ?? {}
  const again: Start = run?.kind === 'registration' ? 'register' : of?.username ? 'authenticate' : 'sign-in'
  const demo = demoKeys.find(({ key }) => key !== state.apiKey)
  return (help) => {
    switch (help.do) {
      case 'register':
        return { label: `Make a passkey${username ? ` for ${username}` : ''}`, act: () => start('register') }
      case 'authenticate':
        return { label: `Sign in${username ? ` as ${username}` : ''}`, act: () => start('authenticate') }
      case 'sign-in':
        return { label: 'Choose among all passkeys', act: () => start('sign-in') }
      case 'again':
        return { label: 'Try again', act: () => start(again) }
      case 'fresh-username':
        return {
          label: 'Make up a new name',
          act() {
            dispatch({ type: 'username-entered', username: freshUsername() })
            page.toRegister()
          },
        }
      case 'demo-key':
        return demo && { label: `Take ${demo.tenantName}’s demo key`, act: () => enterKey(demo.key) }
      case 'set-option': {
        const { ceremony, path, value } = help
        const set = { ...choices, [ceremony]: withOption(choices[ceremony], path, value) }
        return {
          label: `Try with ${titleOf(path)} ${value ?? 'unset'}`,
          act() {
            dispatch({ type: 'chosen', choices: set })
            start(again, set)
          },
        }
      }
      case 'show-option': {
        const { ceremony, path } = help
        return {
          label: `Go to ${titleOf(path)}`,
          act: () => dispatch({ type: 'option-sought', sought: { ceremony, path } }),
        }
      }
      case 'tell-provider':
        // What a file says is no word for providers, which remove passkeys by it.
        return run?.messages.some(({ id }) => id === 'credential') && !imported && !example
          ? {
              label: 'Tell the provider',
              async act() {
                const { tellProvider } = await import('../signals/tell-provider.ts')
                const notice = await tellProvider(run)
                if (notice) dispatch({ type: 'noticed', notice })
              },
            }
          : undefined
      case 'show-browser':
        return { label: 'Look at this browser', act: page.showBrowser }
      case 'software':
        return { label: 'Use one in software', act: page.useSoftware }
      case 'open':
        return { label: `Open ${new URL(help.url).host}`, url: help.url }
    }
  }
}

function titleOf(path: string): string {
  return webAuthnOptions.find((option) => option.path === path)?.title ?? (path === 'extensions' ? 'Extensions' : path)
}
