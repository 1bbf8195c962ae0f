import type { AskedCeremony } from '#lib/webauthn/asked/index.ts'
import type { Choices } from '../options/option-values.ts'
import type { Message, Run } from '../run.ts'

/** How many things a run asked for. */
export function countAsked({ kind }: Run, choices: Choices): number {
  return Object.keys(choices[kind]).length
}

/** A run as its options are judged by. */
export function askedOfRun(run: Run, choices: Choices): AskedCeremony {
  const message = (id: Message['id']) => run.messages.find((each) => each.id === id)
  const answer = message('credential')
  const begun = message('options')?.body as { publicKey?: object } | undefined
  return {
    kind: run.kind,
    asked: choices[run.kind],
    options: begun?.publicKey,
    credential: answer?.body as object | undefined,
    waited: answer?.duration,
    refused: answer && answer.body === undefined ? answer.label : undefined,
    trusted: run.registered?.passkey.attestation.trusted,
  }
}
