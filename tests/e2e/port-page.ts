/** What a learner has answer on a port: an ordinary page with all that pages load, and a hostile one that goes for the site it was opened from. */

/** Shows what came: style, both kinds of script, what it fetched and sent, what a socket said, where its own address went. */
const ordinary = `<!doctype html><html lang="en"><title>Wares</title><link rel="stylesheet" href="/s.css" crossorigin>
<h1>Wares</h1><p id="out"></p><script src="/c.js"></script><script type="module" src="/m.js"></script></html>`
const classic = `window.classic = 'classic'`
const module = `
const put = await (await fetch('/data', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' })).json()
const got = await (await fetch('/data', { headers: { 'x-a': '1' } })).json()
const said = await new Promise((resolve, reject) => {
  const socket = new WebSocket('ws://' + location.host + '/live')
  socket.onmessage = (event) => resolve(event.data)
  socket.onerror = () => reject(new Error('socket'))
})
out.textContent = [classic, put.method, got.method, got.origin, said].join(' ')
`

/** Tries each thing, and writes down what it got by it. */
export const hostilePage = `<!doctype html><html lang="en"><title>Hostile</title><p id="out"></p><script>
const site = new URLSearchParams(location.search).get('site'), session = new URLSearchParams(location.search).get('session')
const got = {}
const attempt = async (name, act) => { try { got[name] = String(await act()) } catch (error) { got[name] = 'no: ' + error.name } }
const opens = (url) => new Promise((resolve, reject) => {
  const socket = new WebSocket(url)
  socket.onopen = () => resolve('open')
  socket.onerror = () => reject(new Error('refused'))
})
const json = { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' } }
const all = async () => {
  await attempt('cookies', () => document.cookie)
  await attempt('plant', () => (document.cookie = 'drydock_learner=evil; path=/api', document.cookie))
  await attempt('planted by a popup', () => {
    const popup = window.open('about:blank')
    popup.document.write('<p>')
    popup.document.cookie = 'drydock_learner=evil; path=/'
    return popup.document.cookie
  })
  await attempt('planted by a frame', () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.contentDocument.cookie = 'drydock_learner=evil; path=/'
    return frame.contentDocument.cookie
  })
  await attempt('planted by an answer', async () => (await fetch('/cookies', { mode: 'no-cors', credentials: 'include' })).type)
  await attempt('local storage', () => localStorage.length)
  await attempt('session storage', () => sessionStorage.length)
  await attempt('database', () => new Promise((resolve, reject) => {
    const wish = indexedDB.open('x')
    wish.onsuccess = resolve
    wish.onerror = () => reject(wish.error)
  }))
  await attempt('caches', () => caches.keys())
  await attempt('worker', () => navigator.serviceWorker.register('/c.js'))
  await attempt('above', () => parent.document.title + parent.localStorage.length)
  await attempt('opener', () => opener.document.title)
  await attempt('read', async () => (await fetch(site + '/api/learner', { credentials: 'include' })).text())
  await attempt('act', async () => (await fetch(site + '/api/sessions/' + session + '/previews', { ...json, body: '{"port":80}' })).text())
  await attempt('act unseen', async () => (await fetch(site + '/api/learner', { ...json, mode: 'no-cors', headers: {} })).type)
  await attempt('end', async () => (await fetch(site + '/api/sessions/' + session, { method: 'DELETE', credentials: 'include' })).status)
  await attempt('events', () => opens(site.replace('http', 'ws') + '/api/sessions/' + session + '/events'))
  out.textContent = JSON.stringify(got)
}
all()
</script></html>`

const pages = {
  '/': ordinary,
  '/s.css': 'h1 { color: rgb(1, 2, 3) }',
  '/c.js': classic,
  '/m.js': module,
  '/hostile': hostilePage,
}

/** A program in Python that serves them on port 8080, and writes down in `seen` which cookies it was sent. */
export const portPage = `
import base64, hashlib, json, http.server
pages = json.loads(${JSON.stringify(JSON.stringify(pages))})
kinds = {'css': 'text/css', 'js': 'text/javascript'}
class Page(http.server.BaseHTTPRequestHandler):
  protocol_version = 'HTTP/1.1'
  def do_GET(self):
    with open('seen', 'a') as seen:
      seen.write(self.path.split('?')[0] + ' ' + str(self.headers.get('Cookie')) + '\\n')
    path = self.path.split('?')[0]
    if self.headers.get('Upgrade'):
      key = self.headers['Sec-WebSocket-Key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
      accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
      self.wfile.write(('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept + '\\r\\nSet-Cookie: drydock_learner=evil; Path=/\\r\\n\\r\\n').encode())
      self.wfile.write(b'\\x81\\x06socket')
      return
    body = pages.get(path)
    if body is None:
      self.rfile.read(int(self.headers.get('Content-Length') or 0))
      body = json.dumps({'method': self.command, 'origin': self.headers.get('Origin')})
    body = body.encode()
    self.send_response(200)
    self.send_header('Content-Type', kinds.get(path.split('.')[-1], 'text/html; charset=utf-8'))
    self.send_header('Content-Length', str(len(body)))
    self.send_header('Set-Cookie', 'drydock_learner=evil; Path=/')
    self.send_header('Set-Cookie', 'a=1; Path=/')
    self.send_header('Content-Security-Policy', 'sandbox allow-scripts allow-same-origin allow-popups allow-forms')
    self.end_headers()
    self.wfile.write(body)
  do_PUT = do_POST = do_GET
  def log_message(self, *rest):
    pass
http.server.ThreadingHTTPServer(('0.0.0.0', 8080), Page).serve_forever()
`
