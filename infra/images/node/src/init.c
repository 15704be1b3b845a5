/*
 * Process 1 of a node: starts the boot script, then waits for orphans for ever, so that the node outlives its engine,
 * its shells and a `kill -9 -1`.
 *
 *   init SCRIPT [ARGUMENT…]
 *
 * Signals from inside the node do nothing to process 1 as it handles none. A boot that fails ends the node with the same status.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2) return 64;
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  pid_t boot = fork();
  if (boot < 0) return 71;
  if (boot == 0) {
    sigprocmask(SIG_UNBLOCK, &children, NULL);
    setsid();
    execv(argv[1], argv + 1);
    _exit(127);
  }
  int booted = 0;
  for (;;) {
    int status;
    pid_t ended = waitpid(-1, &status, 0);
    if (ended < 0 && errno == ECHILD) {
      /* No child now; the next one is an orphan that is handed over, and its end is told by SIGCHLD. */
      sigwaitinfo(&children, NULL);
    }
    if (ended != boot || booted) continue; /* pids are used again */
    booted = 1;
    if (!(WIFEXITED(status) && WEXITSTATUS(status) == 0))
      return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
  }
}
