/** What a learner may have answer behind a preview: bytes as they please, by the path that is asked for. */
import type { Place } from './world.ts'

/** Port in the node. */
export const pagePort = 8080

/**
 * `/cookies` sets cookies of every kind, `/away/PORT` leads to a port of the visitor's machine, `/orders` tells proxies what to do, `/two` is
 * two answers in one, `/headers` never ends its headers, `/none` has a status that is none, `/silent` says nothing; all else is told what it asked.
 */
const program = `
import threading
def head(status, *lines):
  return ('HTTP/1.1 ' + status + '\\r\\n' + ''.join(line + '\\r\\n' for line in lines) + '\\r\\n').encode()
cookies = ['a=1; Domain=localhost', 'b=2;domain = .preview.localhost ; HttpOnly', 'c=3; Path=/; DOMAIN', 'd=4;\\tDomain\\t=localhost',
  'drydock_learner=mine; Path=/', '__Host-drydock_preview=mine; Path=/; Secure', ' drydock_learner = mine', '=drydock_learner=mine', 'drydock_learner']
def page(connection):
  asked = b''
  while b'\\r\\n\\r\\n' not in asked:
    some = connection.recv(65536)
    if not some:
      return
    asked += some
  path = asked.split()[1].decode()
  end = 'Content-Length: 2', 'Connection: close'
  if path == '/cookies':
    connection.sendall(head('200 OK', *['Set-Cookie: ' + each for each in cookies], *end) + b'ok')
  elif path.startswith('/away/'):
    connection.sendall(head('302 Found', 'Location: http://127.0.0.1:' + path[6:] + '/latest/meta-data', *end) + b'ok')
  elif path == '/orders':
    connection.sendall(head('200 OK', 'X-Accel-Redirect: /private', 'X-Sendfile: /etc/passwd', *end) + b'ok')
  elif path == '/two':
    second = head('200 OK', 'Content-Length: 7') + b'PLANTED'
    connection.sendall(head('200 OK', 'Content-Length: 2', 'Transfer-Encoding: chunked') + b'2\\r\\nok\\r\\n0\\r\\n\\r\\n' + second + second)
  elif path == '/headers':
    connection.sendall(b'HTTP/1.1 200 OK\\r\\n')
    while True:
      connection.sendall(b'X-More: ' + b'x' * 60000 + b'\\r\\n')
  elif path == '/none':
    connection.sendall(head('099 None', *end) + b'ok')
  elif path == '/silent':
    time.sleep(60)
  else:
    connection.sendall(head('200 OK', 'Content-Length: ' + str(len(asked)), 'Connection: close') + asked)
def serve(connection):
  try:
    page(connection)
  except OSError:
    pass
  connection.close()
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', ${pagePort}))
server.listen(512)
if os.fork() == 0:
  os.setsid()
  for fd in (0, 1, 2):
    os.dup2(os.open('/dev/null', os.O_RDWR), fd)
  while True:
    connection, _ = server.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
  os._exit(0)`

export const servePage = (place: Place) => place.python(program)
