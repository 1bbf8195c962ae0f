'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { VerifyCode } from './verify-code.tsx'

interface Props {
  title: string
  environment: Environment
  secret: string
  publicKey: string
  /** What is to be known with it. */
  note?: string
  /** Somebody says that they have stored it. */
  onDone: () => void
}

/** A signing secret, once, with code that verifies requests by it. */
export function WebhookSecret({ title, environment, secret, publicKey, note, onDone }: Props) {
  return (
    <ShownOnce
      title={title}
      badge={<TypeBadge type={environment} />}
      secret={secret}
      what="secret"
      kept="encrypted"
      onDone={onDone}
    >
      {note ? <p className="mt-4 text-[14px] text-soft">{note}</p> : null}
      <h3 className="mt-6 mb-1.5 font-semibold text-[15px]">Verify what arrives</h3>
      <VerifyCode publicKey={publicKey} secret={secret} />
    </ShownOnce>
  )
}
