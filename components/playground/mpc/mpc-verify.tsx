import { useState } from 'react'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { Signature } from './mpc-work.ts'
import { type Tool, verifyCommands } from './verify-commands.ts'

/** The lines that verify the signature elsewhere. */
export function MpcVerify({ keyOf, signature }: { keyOf: MpcKey; signature: Signature }) {
  const commands = verifyCommands(keyOf, signature)
  const tools = Object.keys(commands) as Tool[]
  const [chosen, choose] = useState<Tool>('openssl')
  const tool = tools.includes(chosen) ? chosen : (tools[0] as Tool)
  return (
    <section aria-label="Verify it elsewhere">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h2 className="flex-1 font-semibold text-[14px]">Verify it elsewhere</h2>
        <Segments label="Tool" name="mpc-tool" choices={tools} selected={tool} onSelect={choose} />
      </div>
      <CodeBlock code={commands[tool]?.code ?? ''} label="verification" />
      <p className="mt-1.5 text-[13px] text-soft">
        It says <span className="font-mono text-ok">{commands[tool]?.says}</span>
        {commands[tool]?.needs ? `, and needs ${commands[tool]?.needs}` : ''}.
      </p>
    </section>
  )
}
