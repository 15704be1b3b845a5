/** The search dialog: opens with `/` or Ctrl+K, asks Pagefind's own files on this server, and shows pages with their matching sections. */

interface PagefindHit {
  url: string
  meta: { title?: string }
  excerpt: string
  sub_results: { title: string; url: string; excerpt: string }[]
}
interface Pagefind {
  init: () => Promise<void>
  debouncedSearch: (text: string) => Promise<{ results: { data: () => Promise<PagefindHit> }[] } | null>
}

let pagefind: Promise<Pagefind> | undefined

function loadPagefind(): Promise<Pagefind> {
  // Made by the build after bundling, so the bundler must not look for it.
  const address = '/pagefind/pagefind.js'
  pagefind ??= (import(/* @vite-ignore */ address) as Promise<Pagefind>).then(async (it) => {
    await it.init()
    return it
  })
  return pagefind
}

export function startSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#search')
  const opener = document.querySelector<HTMLButtonElement>('#search-open')
  const input = document.querySelector<HTMLInputElement>('#search-text')
  const list = dialog?.querySelector('ol')
  const says = dialog?.querySelector('.search-says')
  if (!dialog || !opener || !input || !list || !says) return

  const open = () => {
    if (dialog.open) return
    dialog.showModal()
    input.select()
    loadPagefind().catch(() => (says.textContent = 'Search is not there: it exists in the built site only.'))
  }
  opener.disabled = false
  opener.addEventListener('click', open)
  addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
    if (
      (event.key === 'k' && (event.ctrlKey || event.metaKey) && !typing) ||
      (event.key === '/' && !typing && !event.ctrlKey)
    ) {
      event.preventDefault()
      open()
    }
  })
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || (event.target instanceof Element && event.target.closest('a'))) dialog.close()
  })
  input.addEventListener('input', () => void search(input.value.trim()))
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    list.querySelector('a')?.click()
  })

  async function search(text: string): Promise<void> {
    if (!list || !says) return
    if (text === '') {
      list.replaceChildren()
      says.textContent = ''
      return
    }
    const found = await loadPagefind()
      .then((it) => it.debouncedSearch(text))
      .catch(() => {
        says.textContent = 'Search could not be loaded. Reload the page to try again.'
        return null
      })
    if (!found || input?.value.trim() !== text) return
    const hits = await Promise.all(found.results.slice(0, 6).map((result) => result.data()))
    list.replaceChildren(...hits.map(showHit))
    says.textContent = hits.length === 0 ? `Nothing about “${text}”.` : ''
  }
}

function showHit(hit: PagefindHit): HTMLElement {
  const item = document.createElement('li')
  const sections = hit.sub_results.filter((section) => section.title !== hit.meta.title).slice(0, 3)
  item.append(
    showLink(hit.url, hit.meta.title ?? hit.url, hit.excerpt),
    ...sections.map((s) => showLink(s.url, s.title, s.excerpt, 'section')),
  )
  return item
}

function showLink(url: string, title: string, excerpt: string, kind = 'page'): HTMLElement {
  const link = document.createElement('a')
  link.href = url
  link.className = kind
  const name = document.createElement('strong')
  name.textContent = title
  const text = document.createElement('span')
  // Pagefind escapes the text and adds <mark> only.
  text.innerHTML = excerpt
  link.append(name, text)
  return link
}
