import type { ManagedRun } from '#lib/contract/skills.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Fact } from '../../fact.tsx'
import { priceWords } from '../../money.ts'
import { pretty } from '../schema/schema-text.ts'
import { reasonTodos, reasonWords } from '../skill-words.ts'

/** What became of a run: its output, or what went wrong and what the endpoint said. */
export function RunDetail({ run }: { run: ManagedRun }) {
  const { id, skillId, skillVersion, cost, durationMs, input, output, error, excerpt, answerStatus, actor, status } =
    run
  return (
    <div className="space-y-3 text-[14px]">
      {error ? (
        <Notice tone="bad" title={reasonWords[error.reason]}>
          <p>{error.detail}</p>
          <p className="mt-1.5">
            <span className="font-semibold">What to do: </span>
            {reasonTodos[error.reason]}
          </p>
        </Notice>
      ) : null}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-[13px] *:wrap-anywhere">
        <Fact term="Run">
          <code className="font-mono text-[12.5px]">{id}</code>
        </Fact>
        <Fact term="Skill">
          {skillId}, version {skillVersion}
        </Fact>
        <Fact term="Duration">{durationMs === null ? 'still under way' : `${durationMs.toLocaleString('en')} ms`}</Fact>
        <Fact term="Cost">{priceWords(cost)}</Fact>
        <Fact term="Input">{input.bytes.toLocaleString('en')} bytes</Fact>
        <Fact term="Asked for by">{actor.name}</Fact>
        {answerStatus === null ? null : <Fact term="Answer’s status">{answerStatus}</Fact>}
      </dl>
      {status === 'succeeded' ? (
        output === null ? (
          <p className="text-soft">The output is not kept any more: it is for a day.</p>
        ) : (
          <CodeBlock code={pretty(output)} label="output" />
        )
      ) : null}
      {excerpt ? (
        <div>
          <h3 className="mb-1.5 font-semibold text-[13px]">{excerptTitle(run)}</h3>
          <CodeBlock code={excerpt} label="answer of the endpoint" />
        </div>
      ) : null}
    </div>
  )
}

/** What is kept of a call that failed: of one that came to no answer, why. */
function excerptTitle({ answerStatus, error }: ManagedRun): string {
  if (answerStatus === null) return 'What happened'
  return error?.reason === 'output_invalid' ? 'What is wrong, and what the endpoint said' : 'What the endpoint said'
}
