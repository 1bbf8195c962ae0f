import type { ApprovalView } from '#lib/contract/approvals.ts'
import { Frame } from '../interaction/frame.tsx'
import { Question } from './question.tsx'

/** The page on which a user approves one action of an app, or declines it. */
export function Approval({ question }: { question: ApprovalView }) {
  const { tenant, environment, client } = question
  return (
    <Frame
      tenant={tenant}
      environment={environment}
      foot={`You answer here, not at ${client.name}: it never sees your passkey.`}
    >
      <Question question={question} />
    </Frame>
  )
}
