import { useFilled } from '../filled.tsx'
import { OnThisPage } from '../on-this-page.tsx'
import { groupsOf } from './document.ts'
import { Operation } from './operation.tsx'

/** Every operation of the API, from the document that the API itself gives. */
export function Reference() {
  const { openapi, demo } = useFilled()
  const groups = openapi ? groupsOf(openapi) : []
  const idOf = (title: string) => title.toLowerCase().replaceAll(' ', '-')
  return (
    <>
      <h1 className="mt-1 font-semibold text-[32px] leading-[1.15] tracking-[-.03em]">API reference</h1>
      <p className="mt-2 text-[17px] text-soft leading-normal">
        Every call, with its members, its answers and its errors, as the OpenAPI document says them.
      </p>
      <p className="mt-2 leading-[1.6]">
        Send the key as{' '}
        <code className="rounded-sm bg-sunk px-1 py-px font-mono text-[.92em]">Authorization: Bearer …</code>, and JSON.
        The document itself is at{' '}
        <a href="/v1/openapi.json" className="text-accent underline underline-offset-3">
          /v1/openapi.json
        </a>
        .
      </p>
      {demo ? <span hidden data-demo-key={demo.key} /> : null}
      {groups.map(({ title, operations }) => (
        <section key={title}>
          <h2 id={idOf(title)} className="mt-10 scroll-mt-4 font-semibold text-[20px] leading-snug tracking-[-.02em]">
            {title}
          </h2>
          {operations.map((operation) => (
            <Operation key={operation.operationId} operation={operation} />
          ))}
        </section>
      ))}
      <OnThisPage>
        {groups.map(({ title }) => (
          <a key={title} href={`#${idOf(title)}`}>
            {title}
          </a>
        ))}
      </OnThisPage>
    </>
  )
}
