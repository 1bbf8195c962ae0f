import { CopyMenu } from '../../ui/copy-menu.tsx'
import type { Message, Run } from '../run.ts'
import { callOf, messageAs } from './message-code.ts'
import { browserForms, callForms, type MessageForm } from './run-forms.ts'

interface Props {
  message: Message
  run: Run
  baseUrl: string
}

/** Takes the call of one message along, as code. */
export function MessageCopy({ message, run, baseUrl }: Props) {
  return (
    <CopyMenu
      of={message.id}
      items={callOf(message) === 'request' ? browserForms : callForms}
      written={(form) => messageAs(form as MessageForm, message, run, baseUrl)}
    />
  )
}
