/*
 * Swarm's virtual IPs and routing mesh in a node without privileges, where the host's kernel has IPVS; elsewhere it ends at once.
 *
 * The engine makes a network namespace for the load balancer of each overlay network, with the addresses and firewall marks that it
 * takes, but cannot fill in IPVS: it speaks generic netlink, which wants CAP_NET_ADMIN over the host. The older socket options want it
 * over the network namespace alone, and that a node's root has. So this program waits until the engine's log says what could not be
 * done, asks the engine which tasks each service has, and tells the kernel: a service for the mark, a destination for each task.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/netlink.h>

#define FOLDER "/var/log"
#define LOG FOLDER "/docker.log"
#define SANDBOXES "/run/docker/netns"
#define ANSWER (1 << 20)
#define SERVICES 256
#define TASKS 256
#define DEPTH 16
#define LINES 64

struct service {
  unsigned mark;
  int tasks;
  in_addr_t task[TASKS];
};

/* What a network has, as its engine says. */
static struct service wanted[SERVICES];
static int services, direct;

/* JSON: calls `found` for each text or number with the keys that lead to it; items of lists have empty keys. */
static char *at, keys[DEPTH][64];

static void take_text(char *to, size_t size) {
  size_t used = 0;
  for (at++; *at && *at != '"'; at++) {
    if (*at == '\\' && at[1]) at++;
    if (used + 1 < size) to[used++] = *at;
  }
  if (*at) at++;
  to[used] = 0;
}

static void found(int depth, const char *text) {
  struct service *s = &wanted[services - 1];
  if (depth == 2 && !strcmp(keys[0], "Options") && !strcmp(keys[1], "dsr")) direct = 1;
  if (services == 0 || strcmp(keys[0], "Services")) return;
  if (depth == 3 && !strcmp(keys[2], "LocalLBIndex")) s->mark = (unsigned)strtoul(text, NULL, 10);
  if (depth == 5 && !strcmp(keys[2], "Tasks") && !strcmp(keys[4], "EndpointIP") && s->tasks < TASKS) {
    in_addr_t address = inet_addr(text);
    if (address != INADDR_NONE) s->task[s->tasks++] = address;
  }
}

static void take_value(int depth) {
  char text[64];
  at += strspn(at, " \t\r\n");
  if (*at == '"') {
    take_text(text, sizeof text);
    return found(depth, text);
  }
  if (*at != '{' && *at != '[') {
    size_t length = strcspn(at, ",]} \t\r\n"), kept = length < sizeof text ? length : sizeof text - 1;
    memcpy(text, at, kept);
    text[kept] = 0;
    at += length;
    return found(depth, text);
  }
  char end = *at++ == '{' ? '}' : ']';
  if (depth == 2 && !strcmp(keys[0], "Services") && services < SERVICES) wanted[services++] = (struct service){0};
  for (;;) {
    at += strspn(at, " \t\r\n,");
    if (!*at || depth == DEPTH) {
      at = strchr(at, 0); /* cut off, or none of the engine's */
      return;
    }
    if (*at == end) {
      at++;
      return;
    }
    keys[depth][0] = 0;
    if (end == '}') {
      if (*at != '"') {
        at = strchr(at, 0);
        return;
      }
      take_text(keys[depth], sizeof *keys);
      at += strspn(at, " \t\r\n:");
    }
    take_value(depth + 1);
  }
}

/* Asks the engine for what it knows of a network; 0 when it has said all of it. */
static int ask(const char *network) {
  static char answer[ANSWER];
  struct sockaddr_un engine = {.sun_family = AF_UNIX, .sun_path = "/run/docker.sock"};
  struct timeval limit = {5, 0};
  size_t have = 0;
  ssize_t n = -1;
  int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (connect(s, (struct sockaddr *)&engine, sizeof engine) == 0 &&
      dprintf(s, "GET /networks/%s?verbose=true HTTP/1.0\r\nHost: engine\r\n\r\n", network) > 0)
    while ((n = read(s, answer + have, sizeof answer - 1 - have)) > 0) have += (size_t)n;
  close(s);
  answer[have] = 0;
  char *body = strstr(answer, "\r\n\r\n");
  if (n != 0 || have == sizeof answer - 1 || !body || strncmp(answer + 8, " 200 ", 5)) return -1;
  at = body + 4;
  services = direct = 0;
  take_value(0);
  return 0;
}

static int raw_socket(void) { return socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW); }

/* The kernel wants a protocol also where the mark decides; all protocols with the mark are taken. */
static int change(int s, int what, unsigned mark, in_addr_t task, int weight) {
  struct {
    struct ip_vs_service_user service;
    struct ip_vs_dest_user task;
  } it = {{.protocol = IPPROTO_TCP, .fwmark = mark, .sched_name = "rr", .netmask = INADDR_NONE},
          {.addr = task, .weight = weight, .conn_flags = direct ? IP_VS_CONN_F_DROUTE : IP_VS_CONN_F_MASQ}};
  return setsockopt(s, IPPROTO_IP, what, &it, task ? sizeof it : sizeof it.service);
}

static int has_task(const struct service *s, in_addr_t task) {
  for (int i = 0; i < s->tasks; i++)
    if (s->task[i] == task) return 1;
  return 0;
}

/* What the kernel has for a mark, in the form of what is wanted. */
static void read_tasks(int s, const struct ip_vs_service_entry *of, struct service *has) {
  socklen_t size = (socklen_t)(sizeof(struct ip_vs_get_dests) + of->num_dests * sizeof(struct ip_vs_dest_entry));
  struct ip_vs_get_dests *all = calloc(1, size);
  *has = (struct service){.mark = of->fwmark};
  if (!all) return;
  all->protocol = of->protocol;
  all->fwmark = of->fwmark;
  all->num_dests = of->num_dests;
  if (getsockopt(s, IPPROTO_IP, IP_VS_SO_GET_DESTS, all, &size) == 0)
    for (unsigned i = 0; i < all->num_dests && has->tasks < TASKS; i++) has->task[has->tasks++] = all->entrytable[i].addr;
  free(all);
}

/* In the sandbox's network namespace: makes the kernel's list equal to the wanted one. */
static void set_tasks(int s) {
  static struct service has;
  struct ip_vs_getinfo info;
  socklen_t size = sizeof info;
  if (getsockopt(s, IPPROTO_IP, IP_VS_SO_GET_INFO, &info, &size)) return;
  size = (socklen_t)(sizeof(struct ip_vs_get_services) + info.num_services * sizeof(struct ip_vs_service_entry));
  struct ip_vs_get_services *all = calloc(1, size);
  if (!all) return;
  all->num_services = info.num_services;
  if (getsockopt(s, IPPROTO_IP, IP_VS_SO_GET_SERVICES, all, &size)) all->num_services = 0;
  for (unsigned i = 0; i < all->num_services; i++) {
    struct service *now = NULL;
    for (int k = 0; k < services && !now; k++)
      if (wanted[k].mark == all->entrytable[i].fwmark) now = &wanted[k];
    if (!now) {
      change(s, IP_VS_SO_SET_DEL, all->entrytable[i].fwmark, 0, 0);
      continue;
    }
    read_tasks(s, &all->entrytable[i], &has);
    for (int k = 0; k < has.tasks; k++)
      if (!has_task(now, has.task[k])) change(s, IP_VS_SO_SET_DELDEST, now->mark, has.task[k], 0);
  }
  free(all);
  /* What is there already is refused with EEXIST. */
  for (int i = 0; i < services; i++) {
    if (!wanted[i].mark) continue;
    change(s, IP_VS_SO_SET_ADD, wanted[i].mark, 0, 0);
    for (int k = 0; k < wanted[i].tasks; k++) change(s, IP_VS_SO_SET_ADDDEST, wanted[i].mark, wanted[i].task[k], 1);
  }
}

/* The namespace takes this from the host's first one, and would pass nothing on. */
static void forward(void) {
  int f = open("/proc/sys/net/ipv4/ip_forward", O_RDWR | O_CLOEXEC);
  char is = '1';
  if (read(f, &is, 1) == 1 && is == '0') (void)!pwrite(f, "1", 1, 0);
  close(f);
}

static int is_sandbox(const char *name) { return !strncmp(name, "lb_", 3) || !strcmp(name, "ingress_sbox"); }

/* What the engine has logged about one task: to be given nothing new, or gone. */
static struct {
  int what;
  unsigned mark;
  in_addr_t task;
} heard[LINES];
static int lines;

static void balance(int folder, const char *sandbox, int home) {
  if (ask(strcmp(sandbox, "ingress_sbox") ? sandbox + 3 : "ingress")) return;
  int namespace = openat(folder, sandbox, O_RDONLY | O_CLOEXEC);
  if (setns(namespace, CLONE_NEWNET) == 0) {
    int s = raw_socket();
    forward();
    /* Marks are the node's own: in other sandboxes there is none such. */
    for (int i = 0; i < lines; i++) change(s, heard[i].what, heard[i].mark, heard[i].task, 0);
    set_tasks(s);
    close(s);
    /* A namespace that somebody is in would outlive its network. */
    if (setns(home, CLONE_NEWNET)) exit(1);
  }
  close(namespace);
}

static void balance_all(int home) {
  struct dirent *e;
  DIR *d = opendir(SANDBOXES);
  while (d && (e = readdir(d)))
    if (is_sandbox(e->d_name)) balance(dirfd(d), e->d_name, home);
  if (d) closedir(d);
  lines = 0;
}

/* Is this line of the log about something that the engine could not tell the kernel? */
static int hear(const char *line) {
  char task[48];
  unsigned mark;
  const char *about = strstr(line, "Failed ");
  if (!about) return 0;
  int ends = sscanf(about, "Failed to set LB weight of real server %47s to 0 for vip %*s fwmark %u", task, &mark) == 2;
  if (ends || sscanf(about, "Failed to delete real server %47s for vip %*s fwmark %u", task, &mark) == 2) {
    if (lines < LINES && inet_addr(task) != INADDR_NONE) {
      heard[lines].what = ends ? IP_VS_SO_SET_EDITDEST : IP_VS_SO_SET_DELDEST;
      heard[lines].mark = mark;
      heard[lines++].task = inet_addr(task);
    }
    return 1;
  }
  return strstr(about, "a new service for vip") || strstr(about, "add IP alias") || strstr(about, "delete service for vip");
}

/* Reads the log on from where it was; answers whether there is something to do. The first time it only goes to its end. */
static int read_log(int first) {
  static char text[1 << 16];
  static off_t offset;
  static ino_t file;
  struct stat now;
  ssize_t n;
  int said = 0, f = open(LOG, O_RDONLY | O_CLOEXEC);
  if (f < 0) return 0;
  if (fstat(f, &now) == 0 && (now.st_ino != file || now.st_size < offset)) {
    file = now.st_ino;
    offset = first ? now.st_size : 0;
  }
  while ((n = pread(f, text, sizeof text - 1, offset)) > 0) {
    char *line = text, *end;
    text[n] = 0;
    for (; (end = memchr(line, '\n', (size_t)(text + n - line))); line = end + 1) {
      *end = 0;
      said |= hear(line);
    }
    if (line == text && n < (ssize_t)sizeof text - 1) break; /* the rest is still being written */
    offset += line == text ? n : line - text;
  }
  close(f);
  return said;
}

/* Asking for IPVS by its name makes the kernel load it, as the engine's own first question does. */
static void load(void) {
  struct {
    struct nlmsghdr head;
    struct genlmsghdr command;
    struct nlattr name;
    char text[8];
  } question = {{.nlmsg_len = sizeof question, .nlmsg_type = GENL_ID_CTRL, .nlmsg_flags = NLM_F_REQUEST},
                {.cmd = CTRL_CMD_GETFAMILY, .version = 1},
                {.nla_len = NLA_HDRLEN + sizeof IPVS_GENL_NAME, .nla_type = CTRL_ATTR_FAMILY_NAME},
                IPVS_GENL_NAME};
  int s = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
  (void)!send(s, &question, sizeof question, 0);
  close(s);
}

/* A service that is added and removed, where no packet has its mark. Without the setting, which kernels before 6.10 keep from a node,
   the answers of tasks would not find their way back. */
static int works(void) {
  int s = raw_socket(), no = change(s, IP_VS_SO_SET_ADD, 0x7fffffff, 0, 0);
  if (no && errno == ENOPROTOOPT) {
    load();
    no = change(s, IP_VS_SO_SET_ADD, 0x7fffffff, 0, 0);
  }
  if (!no) change(s, IP_VS_SO_SET_DEL, 0x7fffffff, 0, 0);
  close(s);
  return !no && access("/proc/sys/net/ipv4/vs/conntrack", W_OK) == 0;
}

static long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

int main(void) {
  /* The engine tells of a task of its own a moment before it can be asked for it; on a busy machine that is a long one. */
  static const int again_ms[] = {5000, 1000, 100, 0};
  char events[4096];
  int tries = 4, lock = open("/run/mesh.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (flock(lock, LOCK_EX | LOCK_NB) || !works()) return 0;
  setsid(); /* the terminal of whoever started the engine may go */
  int queue = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  if (inotify_add_watch(queue, FOLDER, IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_ONLYDIR) < 0) return 1;
  read_log(1);
  for (long next = now_ms();;) {
    struct pollfd changed = {queue, POLLIN, 0};
    long left = next - now_ms();
    poll(&changed, 1, tries == 0 ? -1 : left > 0 ? (int)left : 0);
    while (read(queue, events, sizeof events) > 0);
    if (read_log(0)) tries = 4;
    else if (tries == 0 || now_ms() < next) continue;
    balance_all(home);
    if (--tries > 0) next = now_ms() + again_ms[tries - 1];
  }
}
