import { z } from 'zod'
import { latestMoment } from './latest-moment.ts'

const yearOne = Date.parse('0001-01-01')

/**
 * A date (its beginning, UTC) or a moment with its offset, in ISO 8601; from the year 1 up to ten years ahead. Whatever
 * date comes in is read by this schema.
 */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'is not an ISO 8601 date')
  .superRefine((text, context) => {
    const at = Date.parse(text)
    if (at > latestMoment(Date.now())) context.addIssue({ code: 'custom', message: 'is more than ten years ahead' })
    else if (!(at >= yearOne)) context.addIssue({ code: 'custom', message: 'is before the year 1' })
  })
