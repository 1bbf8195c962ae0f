import { type Sized, sizeGoal } from '../size.ts'
import { figure, table } from './figure.ts'

/** What costs more where there is much than it may. */
export function grows(found: readonly Sized[]): Sized[] {
  return found.filter(({ little, much }) => much > little * sizeGoal)
}

/** What each thing costs where there is little and where there is much. */
export function sizeReport(found: readonly Sized[], words: string): string[] {
  const over = grows(found).length
  return [
    `CPU of the server and its database, ms for one, with as good as nothing in a tenant and with ${words}:`,
    '',
    ...table([
      ['', 'little', 'much', '×'],
      ...found.map(({ engine, work, little, much }) => [
        `${engine}: ${work}`,
        figure(little),
        figure(much),
        `${figure(much / little)}${much > little * sizeGoal ? ' OVER' : ''}`,
      ]),
    ]),
    '',
    over
      ? `  ${over} of ${found.length} OVER THE GOAL of ${sizeGoal} ×.`
      : `  All within ${sizeGoal} ×, which is the goal.`,
  ]
}
