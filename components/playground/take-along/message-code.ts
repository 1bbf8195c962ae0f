import { browserCall, type CallForm, callAs } from '../../snippets/call-snippets.ts'
import type { Message, Run } from '../run.ts'
import { withoutSecretMembers, withoutSecrets } from '../without-secrets.ts'
import { asObject, messageOf } from './run-facts.ts'
import type { MessageForm } from './run-forms.ts'

/** The call that a message is of: the question, also for its answer. */
export function callOf(message: Message): 'begin' | 'request' | 'finish' {
  if (message.id === 'begin' || message.id === 'options') return 'begin'
  return message.id === 'finish' || message.id === 'answer' ? 'finish' : 'request'
}

/** The call of a message as code, with what it said; no key or token is in it, nor what a passkey gave in secret. */
export function messageAs(form: MessageForm, message: Message, run: Run, baseUrl: string): string {
  const call = callOf(message)
  const said = asObject(messageOf(run, call)?.body)
  if (call === 'request') {
    // A file of an older page has it in a registration's begin call alone.
    const { mediation = asObject(messageOf(run, 'begin')?.body).mediation } = messageOf(run, 'request') ?? {}
    const beside = typeof mediation === 'string' ? mediation : undefined
    return withoutSecrets(browserCall(form as 'javascript' | 'simplewebauthn', run.kind, said, beside))
  }
  const body = call === 'finish' ? JSON.parse(JSON.stringify(said, withoutSecretMembers)) : said
  return withoutSecrets(callAs(form as CallForm, baseUrl, { ceremony: run.kind, call, body }))
}
