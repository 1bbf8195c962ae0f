import { useState } from 'react'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
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
        <div
          role="radiogroup"
          aria-label="Tool"
          className="inline-flex rounded-lg border border-line-strong bg-card p-0.5 text-[12.5px]"
        >
          {tools.map((name) => (
            <label
              key={name}
              className="cursor-pointer rounded-md px-2.5 py-0.5 text-soft has-checked:bg-sunk has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="mpc-tool"
                checked={name === tool}
                onChange={() => choose(name)}
                className="sr-only"
              />
              {name}
            </label>
          ))}
        </div>
      </div>
      <CodeBlock code={commands[tool] ?? ''} label="verification" />
    </section>
  )
}
