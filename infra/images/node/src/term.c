/*
 * Holds a shell: it lives on while nobody watches, and whoever attaches gets the output since any point that is still kept.
 *
 *   term attach NAME SINCE COLS ROWS FOLDER AT  starts the holder of NAME when there is none, and joins it; AT: the time, in ms
 *   term list                                 names of the terminals of this node, one a line
 *   term release AT                           the same, and lets go of whoever attached to them before that time
 *   term close NAME                           hangs up its shell
 *
 * `attach` hands its own standard input and output to the holder over a Unix socket (SCM_RIGHTS), so that bytes go from
 * the pseudo terminal to the reader without another process in between. On that output: a header line "OFFSET CONTINUES UNTIL MODES\n"
 * (digits: where the bytes begin, whether that is SINCE, where the shell is now; and the private modes that were set before those bytes, for
 * example "+1049,-25", or "."), then the shell's bytes. On that input frames: 'i' or 'r', a length of two bytes (big endian), and that many bytes:
 * input for the shell, or "COLS ROWS" in digits. The exit status of `attach` is the shell's, or 255 when the holder was lost.
 *
 * A reader that does not read holds the shell back; others wait with it. The kept output is bounded (ring): enough for ten thousand long
 * lines. Of what falls out of it the modes of the screen are remembered (alternate screen, cursor keys, mouse, bracketed paste), because a
 * full-screen program that runs for hours set them long ago.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <dirent.h>
#include <termios.h>
#include <unistd.h>

#define RUN "/run/drydock/term"
#define RING (1u << 22)
#define LAG (1u << 18) /* how far the shell may run ahead of the slowest reader */
#define PEERS 16
#define FRAME 65535
#define LET_GO (-2) /* in place of an offset, and without descriptors */

struct hello {
  int64_t since, at;
  unsigned short cols, rows;
};

struct peer {
  int sock, in, out; /* sock < 0: free */
  int64_t at;        /* when it attached */
  uint64_t sent;     /* offset of the next byte for this peer */
  char head[192];    /* header not written yet */
  int head_at, head_end;
  unsigned char frame[3 + FRAME];
  int have;
};

static unsigned char *ring;
static uint64_t end_offset;   /* bytes since the shell began */
static uint64_t start_offset; /* the oldest of them that is kept */
static struct peer *peers;
static unsigned char input[1 << 18]; /* for the shell, not taken yet */
static size_t input_at, input_end;
static int master;

static int socket_path(const char *name, const char *suffix, struct sockaddr_un *a) {
  memset(a, 0, sizeof *a);
  a->sun_family = AF_UNIX;
  if (!*name || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name) || strlen(name) > 40) return -1;
  snprintf(a->sun_path, sizeof a->sun_path, RUN "/%s%s", name, suffix);
  return 0;
}

/* Private modes that a screen remembers (DECSET), and whether each is on in a fresh terminal. */
static const struct {
  int number, normal;
} known_modes[] = {{1, 0},    {6, 0},    {7, 1},    {25, 1},   {45, 0},   {47, 0},   {66, 0},  {1000, 0}, {1002, 0},
                   {1003, 0}, {1004, 0}, {1005, 0}, {1006, 0}, {1015, 0}, {1047, 0}, {1049, 0}, {2004, 0}};
#define MODES (sizeof known_modes / sizeof *known_modes)
static int modes[MODES];

static void reset_modes(void) {
  for (size_t i = 0; i < MODES; i++) modes[i] = known_modes[i].normal;
}

/* Follows the modes through bytes in their order: ESC [ ? n ; n h or l, and ESC c. */
static void follow_modes(const unsigned char *p, size_t n) {
  static enum { TEXT, ESCAPE, BRACKET, NUMBERS } state = TEXT;
  static int numbers[8], count, value;
  while (n > 0) {
    if (state == TEXT) {
      const unsigned char *escape = memchr(p, 0x1b, n);
      if (!escape) return;
      n -= (size_t)(escape - p) + 1;
      p = escape + 1;
      state = ESCAPE;
      continue;
    }
    unsigned char c = *p++;
    n--;
    if (c == 0x1b) state = ESCAPE;
    else if (state == ESCAPE) {
      if (c == 'c') reset_modes();
      state = c == '[' ? BRACKET : TEXT;
    } else if (state == BRACKET) {
      state = c == '?' ? NUMBERS : TEXT;
      count = value = 0;
    } else if (c >= '0' && c <= '9') {
      value = value < 100000 ? value * 10 + (c - '0') : value;
    } else {
      if (count < 8) numbers[count++] = value;
      value = 0;
      if (c == ';') continue;
      if (c == 'h' || c == 'l')
        for (int k = 0; k < count; k++)
          for (size_t i = 0; i < MODES; i++)
            if (known_modes[i].number == numbers[k]) modes[i] = c == 'h';
      state = TEXT;
    }
  }
}

/* Lets go of what is older. */
static void forget_before(uint64_t offset) {
  while (start_offset < offset) {
    size_t at = start_offset % RING, length = RING - at;
    if (offset - start_offset < length) length = (size_t)(offset - start_offset);
    follow_modes(ring + at, length);
    start_offset += length;
  }
}

/* What is kept begins with a whole line, so that no reader begins in the middle of an escape sequence. */
static void begin_with_line(void) {
  uint64_t limit = end_offset - start_offset > 65536 ? start_offset + 65536 : end_offset;
  if (start_offset == 0 || ring[(start_offset - 1) % RING] == '\n') return;
  for (uint64_t at = start_offset; at < limit; at++)
    if (ring[at % RING] == '\n') return forget_before(at + 1);
}

static int write_modes(char *text, size_t size) {
  int used = 0;
  for (size_t i = 0; i < MODES; i++)
    if (modes[i] != known_modes[i].normal)
      used += snprintf(text + used, size - (size_t)used, "%s%c%d", used ? "," : "", modes[i] ? '+' : '-', known_modes[i].number);
  if (!used) used = snprintf(text, size, ".");
  return used;
}

static void drop(struct peer *p, int status) {
  if (p->sock >= 0) {
    if (status >= 0) {
      unsigned char s = (unsigned char)status;
      (void)!write(p->sock, &s, 1);
    }
    close(p->sock);
  }
  if (p->in >= 0) close(p->in);
  if (p->out >= 0) close(p->out);
  p->sock = p->in = p->out = -1;
}

static void resize(const unsigned char *text, int length) {
  char copy[32];
  struct winsize w = {0};
  unsigned cols, rows;
  if (length >= (int)sizeof copy) return;
  memcpy(copy, text, (size_t)length);
  copy[length] = 0;
  if (sscanf(copy, "%u %u", &cols, &rows) != 2 || cols < 2 || cols > 1000 || rows < 1 || rows > 1000) return;
  w.ws_col = (unsigned short)cols;
  w.ws_row = (unsigned short)rows;
  ioctl(master, TIOCSWINSZ, &w);
}

/* Takes whole frames off a peer's buffer; stops at input that the shell cannot take yet. */
static void take_frames(struct peer *p) {
  while (p->have >= 3) {
    int length = p->frame[1] << 8 | p->frame[2];
    if (p->frame[0] != 'i' && p->frame[0] != 'r') return drop(p, -1);
    if (p->have < 3 + length) return;
    if (p->frame[0] == 'r') resize(p->frame + 3, length);
    else {
      if (input_at > 0) {
        memmove(input, input + input_at, input_end - input_at);
        input_end -= input_at;
        input_at = 0;
      }
      if (sizeof input - input_end < (size_t)length) return;
      memcpy(input + input_end, p->frame + 3, (size_t)length);
      input_end += (size_t)length;
    }
    p->have -= 3 + length;
    memmove(p->frame, p->frame + 3 + length, (size_t)p->have);
  }
}

static void read_peer(struct peer *p) {
  ssize_t n;
  if (p->have < (int)sizeof p->frame) {
    n = read(p->in, p->frame + p->have, sizeof p->frame - (size_t)p->have);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return drop(p, -1);
    if (n > 0) p->have += (int)n;
  }
  take_frames(p);
}

/* Writes what the peer lacks; 0 when it has everything. */
static int feed(struct peer *p) {
  ssize_t n;
  while (p->head_at < p->head_end) {
    n = write(p->out, p->head + p->head_at, (size_t)(p->head_end - p->head_at));
    if (n < 0) return errno == EAGAIN || errno == EINTR ? 1 : (drop(p, -1), 0);
    p->head_at += (int)n;
  }
  while (p->sent < end_offset) {
    size_t at = p->sent % RING, length = RING - at;
    if (end_offset - p->sent < length) length = (size_t)(end_offset - p->sent);
    n = write(p->out, ring + at, length);
    if (n < 0) return errno == EAGAIN || errno == EINTR ? 1 : (drop(p, -1), 0);
    p->sent += (uint64_t)n;
  }
  return 0;
}

static void accept_peer(int server) {
  struct hello hello;
  struct iovec iov = {&hello, sizeof hello};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(2 * sizeof(int))];
  } control;
  struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  struct timeval limit = {2, 0};
  struct winsize w = {0};
  struct cmsghdr *c;
  struct peer *p = NULL;
  int fds[2], s = accept4(server, NULL, NULL, SOCK_CLOEXEC);
  if (s < 0) return;
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ssize_t got = recvmsg(s, &m, MSG_CMSG_CLOEXEC);
  if (got == sizeof hello && hello.since == LET_GO) {
    /* their exec has lost its engine and reads no more: the shell would wait for it for ever */
    for (int i = 0; i < PEERS; i++)
      if (peers[i].sock >= 0 && peers[i].at < hello.at) drop(&peers[i], -1);
    close(s);
    return;
  }
  if (got != sizeof hello || !(c = CMSG_FIRSTHDR(&m)) || c->cmsg_type != SCM_RIGHTS ||
      c->cmsg_len != CMSG_LEN(sizeof fds)) {
    close(s);
    return;
  }
  memcpy(fds, CMSG_DATA(c), sizeof fds);
  for (int i = 0; i < PEERS && !p; i++)
    if (peers[i].sock < 0) p = &peers[i];
  if (!p) {
    close(s);
    close(fds[0]);
    close(fds[1]);
    return;
  }
  memset(p, 0, sizeof *p);
  p->sock = s;
  p->at = hello.at;
  p->in = fds[0];
  p->out = fds[1];
  fcntl(p->in, F_SETFL, O_NONBLOCK);
  fcntl(p->out, F_SETFL, O_NONBLOCK);
  /* replaying what is kept may take longer than LAG: the shell waits for that, too */
  char mode_text[sizeof p->head - 64];
  int continues = hello.since >= 0 && (uint64_t)hello.since >= start_offset && (uint64_t)hello.since <= end_offset;
  if (!continues) begin_with_line();
  p->sent = continues ? (uint64_t)hello.since : start_offset;
  write_modes(mode_text, sizeof mode_text);
  p->head_end = snprintf(p->head, sizeof p->head, "%llu %d %llu %s\n", (unsigned long long)p->sent, continues,
                         (unsigned long long)end_offset, continues ? "." : mode_text);
  if (hello.cols > 1 && hello.rows > 0) {
    w.ws_col = hello.cols;
    w.ws_row = hello.rows;
    ioctl(master, TIOCSWINSZ, &w);
  }
}

static void serve(int server, pid_t shell) {
  struct pollfd set[2 + 2 * PEERS];
  int status, code = 255, closing = 0;
  fcntl(master, F_SETFL, O_NONBLOCK);
  for (;;) {
    /* room: what the slowest reader has taken may be overwritten, nothing else */
    size_t room = LAG;
    int n = 2, waiting = 0;
    for (int i = 0; i < PEERS; i++) {
      struct peer *p = &peers[i];
      if (p->sock < 0) continue;
      if (feed(p)) waiting = 1;
      if (p->sock < 0) continue;
      uint64_t lag = end_offset - p->sent;
      if (lag >= LAG) room = 0;
      else if (LAG - lag < room) room = (size_t)(LAG - lag);
    }
    if (closing && !waiting) break;
    set[0] = (struct pollfd){closing ? -1 : server, POLLIN, 0};
    set[1] = (struct pollfd){closing || (room == 0 && input_end == input_at) ? -1 : master,
                             (short)((room > 0 ? POLLIN : 0) | (input_end > input_at ? POLLOUT : 0)), 0};
    for (int i = 0; i < PEERS; i++) {
      struct peer *p = &peers[i];
      int full = p->have == (int)sizeof p->frame || (p->have >= 3 && p->have >= 3 + (p->frame[1] << 8 | p->frame[2]));
      set[n++] = (struct pollfd){p->sock < 0 || closing ? -1 : p->in, full ? 0 : POLLIN, 0};
      set[n++] = (struct pollfd){p->sock < 0 || (p->sent == end_offset && p->head_at == p->head_end) ? -1 : p->out, POLLOUT, 0};
    }
    if (poll(set, (nfds_t)n, closing ? 3000 : -1) == 0 && closing) break;
    if (input_end > input_at && set[1].revents & (POLLOUT | POLLHUP)) {
      ssize_t k = write(master, input + input_at, input_end - input_at);
      if (k > 0) input_at += (size_t)k;
      else if (errno != EAGAIN && errno != EINTR) input_at = input_end; /* hung up: nobody is left to read it */
      if (input_at == input_end) input_at = input_end = 0;
      for (int i = 0; i < PEERS; i++)
        if (peers[i].sock >= 0) take_frames(&peers[i]);
    }
    if (set[1].revents & (POLLIN | POLLHUP | POLLERR)) {
      /* a pseudo terminal gives 4 KiB at most: several reads make one larger write */
      for (int reads = 0; reads < 16 && room > 0 && !closing; reads++) {
        size_t at = end_offset % RING, length = RING - at < room ? RING - at : room;
        if (length > 65536) length = 65536;
        if (end_offset + length > RING) forget_before(end_offset + length - RING);
        ssize_t k = read(master, ring + at, length);
        if (k > 0) {
          end_offset += (uint64_t)k;
          room -= (size_t)k;
        } else if (k < 0 && (errno == EAGAIN || errno == EINTR)) break;
        else closing = 1;
      }
    }
    for (int i = 0; i < PEERS; i++)
      if (peers[i].sock >= 0 && set[2 + 2 * i].revents) read_peer(&peers[i]);
    if (!closing && set[0].revents & POLLIN) accept_peer(server);
  }
  if (waitpid(shell, &status, 0) == shell) code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  for (int i = 0; i < PEERS; i++)
    if (peers[i].sock >= 0) drop(&peers[i], code);
}

/* The holder: its own session, nothing of the caller kept, and the lock only until others can join. Returns in the caller. */
static int hold(const char *name, const char *folder, unsigned short cols, unsigned short rows, int lock) {
  struct sockaddr_un a;
  struct winsize w = {rows, cols, 0, 0};
  int server, pipefd[2], null;
  char pid[32];
  pid_t shell;
  if (pipe(pipefd)) return -1;
  pid_t child = fork();
  if (child) {
    close(pipefd[1]);
    (void)!read(pipefd[0], pid, 1); /* ready, or gone */
    close(pipefd[0]);
    waitpid(child, NULL, 0);
    return 0;
  }
  close(pipefd[0]);
  setsid();
  if (fork()) _exit(0);
  null = open("/dev/null", O_RDWR);
  dup2(null, 0);
  dup2(null, 1);
  dup2(null, 2);
  signal(SIGPIPE, SIG_IGN);
  socket_path(name, ".sock", &a);
  unlink(a.sun_path);
  server = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (server < 0 || bind(server, (struct sockaddr *)&a, sizeof a) || listen(server, PEERS)) _exit(1);
  close(lock);
  shell = forkpty(&master, NULL, NULL, &w);
  if (shell < 0) _exit(1);
  if (shell == 0) {
    for (int fd = 3; fd < 256; fd++) close(fd);
    signal(SIGPIPE, SIG_DFL);
    if (chdir(folder)) (void)!chdir("/root");
    execl("/bin/bash", "bash", "-l", (char *)NULL);
    _exit(127);
  }
  fcntl(master, F_SETFD, FD_CLOEXEC);
  ring = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  peers = mmap(NULL, PEERS * sizeof *peers, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  reset_modes();
  if (ring == MAP_FAILED || peers == MAP_FAILED) _exit(1);
  for (int i = 0; i < PEERS; i++) peers[i].sock = peers[i].in = peers[i].out = -1;
  snprintf(pid, sizeof pid, "%d\n", (int)shell);
  struct sockaddr_un pidfile;
  socket_path(name, ".pid", &pidfile);
  int f = open(pidfile.sun_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  (void)!write(f, pid, strlen(pid));
  close(f);
  (void)!write(pipefd[1], "r", 1);
  close(pipefd[1]);
  serve(server, shell);
  unlink(a.sun_path);
  unlink(pidfile.sun_path);
  _exit(0);
}

static int join(const struct sockaddr_un *a) {
  int s = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (s >= 0 && connect(s, (const struct sockaddr *)a, sizeof *a) == 0) return s;
  if (s >= 0) close(s);
  return -1;
}

static int attach(const char *name, long long since, int cols, int rows, const char *folder, long long at) {
  struct sockaddr_un a, lockfile;
  struct hello hello = {since, at, (unsigned short)cols, (unsigned short)rows};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(2 * sizeof(int))];
  } control = {0};
  struct iovec iov = {&hello, sizeof hello};
  struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  int fds[2] = {0, 1}, s, lock;
  unsigned char status;
  mkdir("/run/drydock", 0700);
  mkdir(RUN, 0700);
  if (socket_path(name, ".sock", &a) || socket_path(name, ".lock", &lockfile)) return 2;
  if ((s = join(&a)) < 0) {
    lock = open(lockfile.sun_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    flock(lock, LOCK_EX);
    if ((s = join(&a)) < 0) {
      hold(name, folder, hello.cols, hello.rows, lock);
      s = join(&a);
    }
    close(lock);
  }
  if (s < 0) return 255;
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(sizeof fds);
  memcpy(CMSG_DATA(c), fds, sizeof fds);
  if (sendmsg(s, &m, 0) < 0) return 255;
  close(0);
  close(1);
  return read(s, &status, 1) == 1 ? status : 255;
}

/* let_go: of those who attached before; 0 of nobody */
static int list(long long let_go) {
  DIR *d = opendir(RUN);
  struct dirent *e;
  while (d && (e = readdir(d))) {
    char *dot = strrchr(e->d_name, '.');
    struct sockaddr_un a;
    int s;
    if (!dot || strcmp(dot, ".sock")) continue;
    *dot = 0;
    if (socket_path(e->d_name, ".sock", &a) || (s = join(&a)) < 0) continue;
    if (let_go) {
      struct hello hello = {LET_GO, let_go, 0, 0};
      /* answered by the end of the connection, when it is done */
      if (write(s, &hello, sizeof hello) == sizeof hello) (void)!read(s, &hello, 1);
    }
    close(s);
    puts(e->d_name);
  }
  return 0;
}

static int close_terminal(const char *name) {
  struct sockaddr_un pidfile;
  int pid = 0;
  FILE *f;
  if (socket_path(name, ".pid", &pidfile)) return 2;
  f = fopen(pidfile.sun_path, "r");
  if (!f || fscanf(f, "%d", &pid) != 1 || pid < 2) return 1;
  return kill(-pid, SIGHUP) ? 1 : 0;
}

int main(int argc, char **argv) {
  if (argc == 8 && !strcmp(argv[1], "attach"))
    return attach(argv[2], atoll(argv[3]), atoi(argv[4]), atoi(argv[5]), argv[6], atoll(argv[7]));
  if (argc == 2 && !strcmp(argv[1], "list")) return list(0);
  if (argc == 3 && !strcmp(argv[1], "release")) return list(atoll(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "close")) return close_terminal(argv[2]);
  fprintf(stderr, "usage: term attach NAME SINCE COLS ROWS FOLDER AT | list | release AT | close NAME\n");
  return 2;
}
