'use client'

import { useEffect, useState } from 'react'
import { Checkbox } from '../../ui/checkbox.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Notice } from '../../ui/notice.tsx'
import { otherNameOf } from './other-name.ts'

const path = '/playground/frame'

/** A page with a frame, and what the page lets the frame do. */
export function FrameStage({ baseUrl }: { baseUrl: string }) {
  const [origin, setOrigin] = useState<string>()
  const [create, setCreate] = useState(false)
  const [get, setGet] = useState(false)
  useEffect(() => setOrigin(location.origin), [])

  const home = new URL(baseUrl).origin
  const allow = [create ? 'publickey-credentials-create' : '', get ? 'publickey-credentials-get' : '']
    .filter(Boolean)
    .join('; ')
  const src = `${home}${path}/inside`
  return (
    <div className="mx-auto grid max-w-[1400px] grid-cols-1 gap-4 p-4 lg:grid-cols-[372px_minmax(0,1fr)] lg:gap-6 lg:p-6">
      <div className="space-y-4 self-start rounded-card border border-line bg-card p-4 shadow-lift sm:p-5">
        <h1 className="font-semibold text-[20px]">In a frame</h1>
        <p className="text-[14px] text-soft">
          A page of another origin may frame a sign-in. What the frame may then do is for the page around it to allow,
          and what is signed says that there was one: <Code>crossOrigin</Code> and <Code>topOrigin</Code> in the client
          data.
        </p>
        <dl className="space-y-2 text-[14px]">
          <Place term="This page" origin={origin} />
          <Place term="The frame" origin={home} />
        </dl>
        {origin === undefined ? null : <Between origin={origin} home={home} />}
        <fieldset className="space-y-3">
          <legend className="mb-1.5 font-semibold text-[14px]">
            What the frame may do <span className="font-normal text-[13px] text-faint">the attribute allow</span>
          </legend>
          <Checkbox
            role="switch"
            label="Make passkeys"
            note="publickey-credentials-create"
            checked={create}
            onToggle={setCreate}
          />
          <Checkbox
            role="switch"
            label="Use passkeys"
            note="publickey-credentials-get"
            checked={get}
            onToggle={setGet}
          />
        </fieldset>
        <p className="text-[13px] text-soft">
          A switch loads the frame anew, since browsers read <Code>allow</Code> as they load it. To see it from a page
          of your own, put this there:
        </p>
        <CodeBlock label="frame" code={`<iframe\n  src="${src}"\n  allow="${allow}"\n></iframe>`} />
      </div>
      {origin === undefined ? null : (
        <iframe
          key={allow}
          title="Framed ceremonies"
          src={src}
          allow={allow}
          className="h-[1560px] w-full min-w-0 sm:h-[1160px] rounded-card border-2 border-line-strong border-dashed bg-card"
        />
      )}
    </div>
  )
}

/** How the two origins stand to each other, and where to see it if there is nothing to see here. */
function Between({ origin, home }: { origin: string; home: string }) {
  if (origin !== home)
    return (
      <Notice title="Two origins">
        The browser takes the frame for another site’s. Without permission it refuses at once with NotAllowedError; with
        it the passkey answers, and this server refuses what it signed: it takes no passkeys from frames of others.
      </Notice>
    )
  const other = otherNameOf(home)
  return (
    <Notice tone="warn" title="One origin">
      A frame of the page’s own origin needs no permission, and nothing tells that there was a frame.{' '}
      {other ? (
        <>
          This machine has a second name:{' '}
          <a href={`${other}${path}`} className="font-medium text-accent underline underline-offset-2 wrap-anywhere">
            open this page on {new URL(other).host}
          </a>
          .
        </>
      ) : (
        'Put the frame below into a page of another origin, on https.'
      )}
    </Notice>
  )
}

function Place({ term, origin }: { term: string; origin: string | undefined }) {
  return (
    <div className="flex flex-wrap gap-x-3">
      <dt className="w-20 text-soft">{term}</dt>
      <dd className="font-mono text-[13px] leading-[21px] wrap-anywhere">{origin ?? '…'}</dd>
    </div>
  )
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-[0.93em]">{children}</code>
}
