/** What the preview says where there is no page to show: nothing is published, it opens in a tab, or this server has no names for pages. */
import { typeCommand } from '../terminal/type-command.ts'

export function Empty() {
  return (
    <div class="nothing">
      <h2>Nothing is published yet</h2>
      <p>
        As soon as a container of yours publishes a port, its page opens here: with <code>docker run -p 8080:80 …</code>{' '}
        what listens on port 80 inside is reached on 8080.
      </p>
      <p>A program of the node itself is reached too: type its port above.</p>
    </div>
  )
}

export function OpensInTab({ port, onOpen, children }: { port: number; onOpen: () => void; children: string }) {
  return (
    <div class="nothing">
      <h2>{`Port ${port} is published`}</h2>
      <p>{`${children} It opens in a tab of its own.`}</p>
      <button type="button" class="solid" onClick={onOpen}>
        Open it
      </button>
    </div>
  )
}

/** Where the server has no names for previews, their visitors are known by their network address alone: see SECURITY.md. */
export function OpenToAddress() {
  return (
    <p class="open-to">
      This page is open to everyone behind your network address and to other pages in your browser, and can keep no
      cookies.
    </p>
  )
}

/** A page of a learner on the site's own host could plant cookies for the site: it needs another host name, see SECURITY.md. */
export function NoNames({ at }: { at: { node: string; port: number } }) {
  const command = `curl -s localhost:${at.port}`
  return (
    <div class="nothing" role="alert">
      <h2>This server has no names for previews</h2>
      <p>
        A page from your lab has to be on another host name than this site, and all that this server knows of itself is{' '}
        <code>{location.host}</code>. Whoever runs it sets <code>PREVIEW_DOMAIN</code> to a name, all names below which
        lead here, or where there is only an address <code>PREVIEW_PORTS</code>; the README of the server says how.
      </p>
      <p>Until then, see what your container answers in the terminal:</p>
      <p>
        <button type="button" class="quiet command" onClick={() => typeCommand(command, at.node)}>
          {command}
        </button>
      </p>
    </div>
  )
}
