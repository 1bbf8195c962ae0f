import type { Action } from '#lib/contract/action.ts'

/** What each action does, in words that go on from an app's “wants to”. */
const words: Readonly<Record<Action['type'], string>> = {
  'mpc.sign': 'sign one message with your MPC key',
  'mpc.reshare': 'make new shares of your MPC key',
  'mpc.unfreeze': 'unfreeze your MPC key, which can sign then',
  'mpc.update': 'change the rules of your MPC key',
  'mpc.delete': 'delete your MPC key, for good',
}

/** What an action does, in words that go on from “wants to”. */
export function actionWords({ type }: Pick<Action, 'type'>): string {
  return words[type]
}
