import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DrawnOrTold } from './drawn-or-told.tsx'

test('what breaks while it is drawn is told with another try, and what does not is drawn', () => {
  const boundary = new DrawnOrTold({ children: 'The whole page' })
  expect(boundary.render()).toBe('The whole page')
  boundary.state = DrawnOrTold.getDerivedStateFromError(new Error('It broke.'))
  const told = renderToStaticMarkup(boundary.render())
  expect(told).toContain('This page could not be drawn')
  expect(told).toMatch(/<button[^>]*>Try again<\/button>/)
})
