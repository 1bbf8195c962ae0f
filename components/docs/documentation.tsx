import { Header } from '../shell/header.tsx'
import { SkipLink } from '../shell/skip-link.tsx'
import { bodies } from './bodies.ts'
import { around, pageOf } from './contents.ts'
import { Contents, ContentsFolded } from './contents-list.tsx'
import { Crumb } from './crumb.tsx'
import { elements } from './elements.tsx'
import { type Filled, FilledIn } from './filled.tsx'
import { NextPages } from './next-pages.tsx'
import { NoSuchPage } from './no-such-page.tsx'
import { scriptAddress } from './scripts.ts'
import { SearchField } from './search-field.tsx'

export interface DocumentationProps extends Filled {
  /** The page's address below /docs. */
  path: string
  /** Of this request: what the policy lets run. */
  nonce: string | null
}

/** A page of the documentation: contents, text, and what is on this page. Everything can be read without a script. */
export function Documentation({ path, nonce, ...filled }: DocumentationProps) {
  const page = pageOf(path)
  const Body = bodies[path]
  const { before, after } = around(path)
  return (
    <>
      <SkipLink />
      <Header middle={<SearchField />} />
      <div className="relative mx-auto grid w-full max-w-[1400px] flex-1 content-start gap-x-13 gap-y-4 px-4 py-4 lg:grid-cols-[208px_minmax(0,1fr)] lg:px-6 lg:py-6">
        <Contents path={path} />
        <ContentsFolded path={path} />
        <main
          id="main"
          className="min-w-0 max-w-[720px]"
          data-try-script={path === 'reference' ? scriptAddress('try-it') : undefined}
        >
          {page && Body ? (
            <>
              <Crumb title={page.title} />
              <article className={page.isNumbered ? 'numbered' : ''}>
                <FilledIn value={filled}>
                  <Body components={elements} />
                </FilledIn>
              </article>
              <NextPages before={before} after={after} />
            </>
          ) : (
            <NoSuchPage />
          )}
        </main>
      </div>
      <script src={scriptAddress('page')} nonce={nonce ?? undefined} />
    </>
  )
}
