import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

interface Props {
  name: string
  id: string
  environment: string
}

/** Whose token this is: what the whole flow is for. Appears once with a short rise. */
export function TokenTenant({ name, id, environment }: Props) {
  return (
    <dl className="my-3.5 grid gap-3 transition duration-200 @xl:grid-cols-2 starting:translate-y-1.5 starting:opacity-0">
      <Fact claim="providerTenantName" note="The customer that this user signed in to." copy={name}>
        <span className="mr-2.5 font-semibold text-[22px] leading-8 tracking-tight">{name}</span>
        <span className="relative -top-0.5 whitespace-nowrap">
          <Badge tone={environment === 'live' ? 'bad' : 'warn'}>{environment}</Badge>
        </span>
      </Fact>
      <Fact claim="providerTenantId" note="Every request to the MPC server is counted for this id." copy={id}>
        <span className="font-medium font-mono text-[17px] leading-8">{id}</span>
      </Fact>
    </dl>
  )
}

function Fact(props: { claim: string; note: string; copy: string; children: React.ReactNode }) {
  return (
    <div className="rounded-xl border border-line p-3.5">
      <dt className="flex items-center justify-between gap-2 font-mono text-[12.5px] text-faint">
        {props.claim}
        <CopyButton small text={props.copy} label={`Copy ${props.claim}`} />
      </dt>
      <dd className="wrap-anywhere">{props.children}</dd>
      <dd className="text-[13px] text-soft">{props.note}</dd>
    </div>
  )
}
