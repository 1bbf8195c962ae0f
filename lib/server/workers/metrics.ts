import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { AggregatorRegistry, type Registry } from 'prom-client'

interface Asked {
  allMetrics: string
}
interface Told extends Asked {
  text: string
}

/** Lets each worker know what all of them tell Prometheus, whichever is asked. */
export function shareMetrics(): void {
  const registry = new AggregatorRegistry()
  cluster.on('message', async (worker, message: Asked) => {
    if (!('allMetrics' in message)) return
    const text = await registry.clusterMetrics().catch(() => '')
    if (worker.isConnected()) worker.send({ allMetrics: message.allMetrics, text } satisfies Told, () => {})
  })
}

/** Lets the process that started this one ask what this one has. */
export function tellMetrics(register: Registry): void {
  AggregatorRegistry.setRegistries(register)
  new AggregatorRegistry()
}

/** What all workers tell Prometheus together. */
export function metricsOfAll(): Promise<string> {
  const id = randomUUID()
  return new Promise((resolve) => {
    const hear = (message: Told) => {
      if (message.allMetrics !== id) return
      process.off('message', hear)
      resolve(message.text)
    }
    process.on('message', hear)
    process.send?.({ allMetrics: id } satisfies Asked)
  })
}
