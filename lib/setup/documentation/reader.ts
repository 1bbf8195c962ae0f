import type { Browser } from '@playwright/test'
import type { SnippetProject } from '../snippet-project.ts'

/** Who runs a page's code, and with what. */
export interface Reader {
  project: SnippetProject
  browser: Browser
  baseUrl: string
  /** The key that stands in the pages as sk_test_YOUR_KEY: it may what a demo key may. */
  demoKey: string
  env: Record<string, string>
}
