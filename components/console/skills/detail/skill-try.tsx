'use client'

import { useState } from 'react'
import type { ManagedRun, ManagedSkill, SkillRequest } from '#lib/contract/skills.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { busyWords } from '../../busy-words.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { CodeField } from '../../code-field.tsx'
import { useOnce } from '../../keys/use-once.ts'
import { priceWords } from '../../money.ts'
import { useChange } from '../../use-change.ts'
import { RunDetail } from '../runs/run-detail.tsx'
import { exampleOf, pretty, readJson } from '../schema/schema-text.ts'
import { SkillRunning } from './skill-running.tsx'

interface Props {
  skill: ManagedSkill
  onRun: () => void
}

/** Runs a skill from the page, and shows the request that its endpoint gets. */
export function SkillTry({ skill, onRun }: Props) {
  const { environment, id, price, remote } = skill
  const live = environment === 'live'
  const [text, setText] = useState(() => pretty(exampleOf(skill.inputSchema)))
  const [tried, setTried] = useState(false)
  const [run, setRun] = useState<ManagedRun>()
  const [request, setRequest] = useState<SkillRequest>()
  const [asked, setAsked] = useState(0)
  const once = useOnce<unknown>()
  const change = useChange()
  const looking = useChange()
  const read = readJson(text)
  const mistake = tried && 'mistake' in read ? read.mistake : undefined

  function edit(next: string) {
    change.clear()
    looking.clear()
    // It was of the input before.
    setRequest(undefined)
    setText(next)
  }

  async function execute() {
    setTried(true)
    if ('mistake' in read) return
    setRun(undefined)
    const { request, idempotencyKey } = once([environment, id, text, asked], () => read.value)
    const done = await change.run((api) => api.skills.tryOut(environment, id, request, idempotencyKey), live && 'fresh')
    if (!done) return
    setAsked(asked + 1)
    setRun(done)
    onRun()
  }

  async function look() {
    setTried(true)
    if ('mistake' in read) return
    setRequest(await looking.run((api) => api.skills.request(environment, id, read.value)))
  }

  const cost = live && price.amount > 0 ? ` It costs ${priceWords(price)} if it succeeds.` : ' It costs nothing.'
  return (
    <Card title="Test run" note={`Executes the skill as a key would.${cost}`}>
      <CodeField
        id="try-input"
        label="Input"
        hint="made from the schema"
        rows={7}
        value={text}
        error={mistake}
        onChange={edit}
      />
      <div className="mt-3 flex flex-wrap gap-2.5">
        <Button onClick={execute}>{busyWords(change, 'Run it', 'Running')}</Button>
        {remote ? (
          <Button look="secondary" onClick={look}>
            Show the request
          </Button>
        ) : null}
      </div>
      {change.busy && !change.confirming ? <SkillRunning timeoutSeconds={remote?.timeoutSeconds} /> : null}
      <ChangeError error={change.error ?? looking.error} className="mt-4" />
      <div role="status" className={run ? 'mt-4' : ''}>
        {run ? <p className="mb-2.5 font-semibold">{run.error ? 'The run failed' : 'The run succeeded'}</p> : null}
      </div>
      {run ? <RunDetail run={run} /> : null}
      {request ? (
        <div className="mt-4">
          <h3 className="mb-1.5 font-semibold text-[13px]">The request that the endpoint gets</h3>
          <CodeBlock code={asText(request)} label="request" />
          <p className="mt-1.5 text-[13px] text-soft">
            Signed as a call is, but by a secret that nobody has; nothing was sent.
          </p>
        </div>
      ) : null}
    </Card>
  )
}

function asText({ method, url, headers, body }: SkillRequest): string {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${pathname}${search} HTTP/1.1`, `host: ${host}`, ...lines, '', pretty(JSON.parse(body))].join('\n')
}
