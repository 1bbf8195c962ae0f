import { errorsOf, ownErrorsOf } from '#lib/contract/operation-errors.ts'
import { type Operation as OperationId, operations } from '#lib/contract/operations.ts'
import type { Operated, Schema } from './document.ts'
import { MemberTable } from './member-table.tsx'
import { type Member, membersOf, wordsOf } from './members.ts'
import { TryIt } from './try-it.tsx'

/** One call: what it needs, takes, answers, and can be refused with. */
export function Operation({ operation }: { operation: Operated }) {
  const { operationId, method, path, summary, description = '', parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']?.schema
  const known = isKnown(operationId) ? operationId : undefined
  const scope = known && operations[known]
  return (
    <section
      id={operationId}
      className="mt-4 scroll-mt-4 rounded-xl border border-line bg-card px-4 py-3.5 target:border-accent"
    >
      <h3 className="font-semibold text-[16px] tracking-[-.01em]">{summary}</h3>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <code className="font-mono text-[13px]">
          <b className="font-semibold text-accent">{method}</b> <span className="wrap-anywhere">{path}</span>
        </code>
        {scope ? (
          <code className="rounded-sm bg-warn-wash px-1 py-px font-mono text-[12.5px] text-warn">{scope}</code>
        ) : null}
      </p>
      {description ? (
        <p className="mt-1.5 text-[14px] text-soft leading-normal">{description.replaceAll('`', '')}</p>
      ) : null}
      {parameters.length > 0 ? <MemberTable title="Parameters" members={parameters.map(parameterOf)} /> : null}
      {body ? <MemberTable title="Body" members={membersOf(body)} /> : null}
      {Object.entries(responses).map(([status, { description: what, content }]) =>
        status === 'default' ? null : (
          <Answer key={status} status={status} what={what} schema={content?.['application/json']?.schema} />
        ),
      )}
      {known ? <Refusals operation={known} /> : null}
      <TryIt operation={operation} />
    </section>
  )
}

function parameterOf({
  name,
  in: place,
  required = false,
  description,
  schema = {},
}: NonNullable<Operated['parameters']>[number]): Member {
  const words = wordsOf(schema)
  return {
    path: name,
    ...words,
    kind: `${words.kind}, ${place}`,
    isRequired: required,
    description: description ?? words.description,
  }
}

function Answer({ status, what, schema }: { status: string; what: string; schema: Schema | undefined }) {
  const members = schema ? membersOf(schema) : []
  const words = (
    <>
      <b className="font-semibold text-ok">{status}</b> {what}
    </>
  )
  if (members.length === 0) return <p className="mt-2.5 text-[14px]">{words}</p>
  return (
    <details className="mt-2.5 text-[14px]">
      <summary className="cursor-pointer">{words}</summary>
      <MemberTable members={members} />
    </details>
  )
}

/** Those that are its own first; those of every call are one press away. */
function Refusals({ operation }: { operation: OperationId }) {
  const own = ownErrorsOf(operation)
  const others = errorsOf(operation).filter((code) => !own.includes(code))
  return (
    <div className="mt-2.5 text-[14px]">
      {own.length > 0 ? (
        <p>
          <b className="font-semibold text-bad">Errors</b> <Codes codes={own} />
        </p>
      ) : null}
      <details>
        <summary className="cursor-pointer text-soft">Errors of every call</summary>
        <p className="mt-1">
          <Codes codes={others} />
        </p>
      </details>
    </div>
  )
}

function Codes({ codes }: { codes: readonly string[] }) {
  return codes.map((code, at) => (
    <span key={code}>
      {at > 0 ? ', ' : ''}
      <a
        href={`/docs/errors#${code}`}
        className="font-mono text-[12.5px] text-accent underline-offset-3 hover:underline"
      >
        {code}
      </a>
    </span>
  ))
}

function isKnown(id: string): id is OperationId {
  return id in operations
}
