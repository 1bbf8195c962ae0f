import { isOver, type Sized, sizeGoal } from '../size.ts'
import { figure, table } from './figure.ts'

/** What costs more where there is much than it may. */
export function grows(found: readonly Sized[]): Sized[] {
  return found.filter((one) => one.grows === undefined && isOver(one))
}

/** What each thing costs where there is little and where there is much. */
export function sizeReport(found: readonly Sized[], words: string): string[] {
  const over = grows(found).length
  return [
    `CPU of the server and its database, ms for one, with as good as nothing in a tenant and with ${words}. What was dear is`,
    'answered for ten minutes at most as it was: the last column is what it costs who comes first.',
    '',
    ...table([
      ['', 'little', 'much', '×', 'nothing kept'],
      ...found.map((one) => [
        `${one.engine}: ${one.work}`,
        figure(one.little),
        figure(one.much),
        `${figure(one.much / one.little)}${isOver(one) && !one.grows ? ' OVER' : ''}`,
        one.fresh === undefined ? '' : figure(one.fresh),
      ]),
    ]),
    '',
    ...found.flatMap(({ engine, work, grows }) =>
      grows ? [`  ${engine}: ${work} is held to no goal: ${grows}.`] : [],
    ),
    over
      ? `  ${over} of ${found.length} OVER THE GOAL of ${sizeGoal} ×.`
      : `  All within ${sizeGoal} ×, which is the goal.`,
  ]
}
