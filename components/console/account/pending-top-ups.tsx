import type { PaymentMethodView, TopUpView } from '#lib/contract/account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Badge } from '../../ui/badge.tsx'
import { Time } from '../../ui/time.tsx'
import { Card } from '../card.tsx'
import { dollars } from '../money.ts'
import { Row, Rows } from '../row.tsx'

interface Props {
  of: readonly TopUpView[]
  methods: readonly PaymentMethodView[]
  environment: Environment
}

/** Money that was asked for and is not there yet; nothing where there is none. */
export function PendingTopUps({ of, methods, environment }: Props) {
  if (of.length === 0) return null
  const labelOf = (id: string) => methods.find((method) => method.id === id)?.label ?? 'a method that was removed'
  return (
    <Card
      title="On its way"
      note={
        environment === 'live'
          ? 'It is in the balance once the operator has your payment and confirms it.'
          : 'The sandbox accepts it a minute after it was asked for; this page shows it then.'
      }
    >
      <Rows label="Pending top-ups">
        {of.map(({ id, amount, paymentMethodId, createdAt }) => (
          <Row
            key={id}
            title={dollars(amount)}
            badges={<Badge tone="warn">pending</Badge>}
            facts={[
              labelOf(paymentMethodId),
              <Time key="time" iso={createdAt} />,
              <code key="id" className="font-mono text-[12px]">
                {id}
              </code>,
            ]}
          />
        ))}
      </Rows>
    </Card>
  )
}
