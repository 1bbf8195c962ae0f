import type { Environment } from '#lib/contract/environment.ts'
import { byOperator } from './by-operator.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { sandbox } from './sandbox.ts'

/** The provider of an environment. */
export function providerOf(environment: Environment): PaymentProvider {
  return environment === 'test' ? sandbox : byOperator
}
