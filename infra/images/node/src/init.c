/*
 * Process 1 of a node: starts the boot script, then waits for orphans for ever, so that the node outlives its engine,
 * its shells and a `kill -9 -1`.
 *
 *   init SCRIPT [ARGUMENT…]
 *
 * Signals from inside the node do nothing to process 1 as it handles none. A boot that fails ends the node with the same status.
 *
 *   init --enter ROOT SCRIPT
 *
 * Makes ROOT the root of all processes, lets go of the old one, and goes on with SCRIPT in the new. A program without libraries does
 * this because the new root's own tools and libraries are the learner's: one of theirs must never run while the old root, whose
 * read-only flag they could lift, can still be reached.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int enter(char **argv) {
  /* The old root comes to lie on top of the new one, and is taken away from there. */
  if (chdir(argv[0]) || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) || chdir("/")) {
    printf("drydock: failed: the new root could not be entered: %s\n", strerror(errno));
    return 73;
  }
  execv(argv[1], argv + 1);
  return 127;
}

int main(int argc, char **argv) {
  if (argc < 2) return 64;
  if (strcmp(argv[1], "--enter") == 0) return argc > 3 ? enter(argv + 2) : 64;
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
