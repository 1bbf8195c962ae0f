import { copying } from './copying.ts'
import { entryShown } from './entry-shown.ts'
import { language } from './language.ts'
import { onThisPage } from './on-this-page.ts'
import { searching } from './searching.ts'
import { themeSwitch } from './theme-switch.ts'
import { trying } from './trying.ts'

// What a press does on a page of the documentation, which is whole without any of it.

language()
themeSwitch()
copying()
searching()
onThisPage()
entryShown()
trying()
