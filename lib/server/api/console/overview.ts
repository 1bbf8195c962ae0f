import { Hono } from 'hono'
import { findQuery, frameQuery } from '#lib/contract/console-frame.ts'
import { homeQuery } from '#lib/contract/console-home.ts'
import { callerOf } from '../../console/sessions.ts'
import { find } from '../../overview/find.ts'
import { frameOf } from '../../overview/frame.ts'
import { homeOf } from '../../overview/home.ts'
import { parse } from '../../problem.ts'
import { type ConsoleEnv, viewer } from './context.ts'

/** What stands around the Console's pages, and what is found from each of them. */
export const overview = new Hono<ConsoleEnv>()
  .get('/frame', viewer, async (c) => {
    const { environment } = parse(frameQuery, c.req.query())
    return c.json(await frameOf(callerOf(c.get('signedIn'), environment)))
  })
  .get('/home', viewer, async (c) => {
    const { environment, range } = parse(homeQuery, c.req.query())
    const signedIn = c.get('signedIn')
    return c.json(await homeOf(callerOf(signedIn, environment), range, (other) => callerOf(signedIn, other)))
  })
  .get('/find', viewer, async (c) => {
    const { environment, q } = parse(findQuery, c.req.query())
    const signedIn = c.get('signedIn')
    return c.json(await find(callerOf(signedIn, environment), q, (other) => callerOf(signedIn, other)))
  })
