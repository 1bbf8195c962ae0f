import type { Metadata } from 'next'
import { connection } from 'next/server'
import { cache } from 'react'
import { readQuestion } from '#lib/server/approvals/answers.ts'
import { Approval } from '../../../components/approval/approval.tsx'
import { ApprovalOver } from '../../../components/approval/approval-over.tsx'
import { whileAvailable } from '../../while-available.ts'

interface Props {
  params: Promise<{ id: string }>
}

const read = cache((id: string) => whileAvailable(readQuestion(id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const question = await read((await params).id)
  const title = question ? `${question.client.name} asks for your approval` : 'This approval is no longer open'
  return { title: { absolute: title } }
}

/** Where an app sends its users to approve one action with their passkey. What is over has status 200, as a sign-in's page. */
export default async function ApprovalPage({ params }: Props) {
  await connection()
  const question = await read((await params).id)
  return question ? <Approval question={question} /> : <ApprovalOver />
}
