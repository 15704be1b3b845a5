/** What a learner may put in the place of their node's engine: answers any request with what the path asks for. */
import type { Attacker } from './attacker.ts'

/**
 * `/silent` never answers, `/events` tells events as fast as they are read, `/labels` an image whose label is full of control characters;
 * it says that it is an engine, has containers by the thousand with absurd names, and answers all else with 40 MB.
 */
const program = `
import http.server, json, socketserver
class Handler(http.server.BaseHTTPRequestHandler):
  protocol_version = 'HTTP/1.1'
  def log_message(self, *_):
    pass
  def chunk(self, data):
    self.wfile.write(b'%x\\r\\n' % len(data) + data + b'\\r\\n')
  def do_GET(self):
    if 'silent' in self.path:
      time.sleep(600)
    self.send_response(200)
    self.send_header('Transfer-Encoding', 'chunked')
    self.end_headers()
    if 'events' in self.path:
      actor = {'ID': 'a' * 400, 'Attributes': {'name': '\\x1b[31m'}}
      event = json.dumps({'Type': 'container', 'Action': 'start', 'Actor': actor}).encode() + b'\\n'
      while True:
        self.chunk(event * 64)
    elif 'labels' in self.path:
      self.chunk(json.dumps({'Labels': {'title': '\\x1b]0;mine\\x07\\u202e<img src=x>' + '\\n' * 900}}).encode())
    elif 'info' in self.path:
      self.chunk(json.dumps({'ServerVersion': '<b>9</b>', 'Swarm': {'LocalNodeState': 'active', 'ControlAvailable': True}}).encode())
    elif 'containers/json' in self.path:
      self.chunk(json.dumps([{'Id': '%064x' % i, 'Names': ['/x']} for i in range(5000)]).encode())
    elif 'containers' in self.path:
      one = {'Id': 'f' * 64, 'Name': '\\x1b' + 'y' * 5000, 'Image': '\\x1b', 'State': {'Status': 'running'}, 'Pad': 'z' * 50000}
      self.chunk(json.dumps({**one, 'Config': {}, 'HostConfig': {}, 'NetworkSettings': {}}).encode())
    else:
      for _ in range(40):
        self.chunk(b'[' * 1_000_000)
    self.chunk(b'')
class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
  daemon_threads = True
  request_queue_size = 64
os.system('service docker stop')
for file in ('/run/docker.sock', '/var/run/docker.sock'):
  if os.path.lexists(file):
    os.unlink(file)
server = Server('/run/docker.sock', Handler)
if os.fork() == 0:
  os.setsid()
  for fd in (0, 1, 2):
    os.dup2(os.open('/dev/null', os.O_RDWR), fd)
  server.serve_forever()
  os._exit(0)`

export const replaceEngine = (attacker: Pick<Attacker, 'python'>) => attacker.python(program, { timeout_ms: 40_000 })
