import { copyText } from '../../ui/copy-text.ts'
import { Menu } from '../../ui/menu.tsx'
import type { Message, Run } from '../run.ts'
import { callOf, messageAs } from './message-code.ts'
import { browserForms, callForms, type MessageForm } from './run-forms.ts'
import { useSaid } from './use-said.ts'

interface Props {
  message: Message
  run: Run
  baseUrl: string
}

/** Takes the call of one message along, as code. */
export function MessageCopy({ message, run, baseUrl }: Props) {
  const [said, say] = useSaid()
  return (
    <span className="flex items-center">
      <span aria-live="polite" className="text-[12.5px] text-ok not-empty:pr-2">
        {said}
      </span>
      <Menu
        label="Copy as…"
        of={message.id}
        look="small"
        align="right"
        items={callOf(message) === 'request' ? browserForms : callForms}
        onPick={async (form) =>
          say((await copyText(messageAs(form as MessageForm, message, run, baseUrl))) ? 'Copied' : 'Not copied')
        }
      />
    </span>
  )
}
