import type { ManagedSkill } from '#lib/contract/skills.ts'
import { skillExecution } from '../../../snippets/skill-snippets.ts'
import { Snippet } from '../../../ui/snippet.tsx'
import { Card } from '../../card.tsx'
import { priceWords } from '../../money.ts'
import { exampleOf } from '../schema/schema-text.ts'

/** How a program executes a skill, with an example input that is made from its schema. */
export function SkillExecution({ skill: { id, environment, inputSchema, price } }: { skill: ManagedSkill }) {
  const cost = environment === 'live' && price.amount > 0 ? ` A run that succeeds costs ${priceWords(price)}.` : ''
  return (
    <Card
      title="Execute it"
      note={`With a key of the ${environment} environment that may execute skills, in PLAYGROUND_API_KEY.${cost}`}
    >
      <Snippet
        title={<h3 className="font-semibold text-[13px]">A run, with an input to begin with</h3>}
        label="execution"
        code={skillExecution(location.origin, { id, input: exampleOf(inputSchema) })}
      />
    </Card>
  )
}
