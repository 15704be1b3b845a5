/* A beacon: whoever asks on port 8000 is told the height of the water. */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "tide.h"

/* As process 1 of a container it would ignore SIGTERM otherwise. */
static void leave(int signal) { (void)signal; _exit(0); }

int main(void) {
  signal(SIGTERM, leave);
  signal(SIGINT, leave);
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(8000)};
  int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&where, sizeof where) || listen(listener, 16)) return perror("beacon"), 1;
  for (;;) {
    char asked[2048], body[200], answer[400];
    int peer = accept(listener, 0, 0);
    if (peer < 0) continue;
    if (read(peer, asked, sizeof asked) > 0) {
      snprintf(body, sizeof body, "beacon: water at %+.1f m, by tide %s, user %d\n", tide_height(time(0) / 3600.0), tide_version(), (int)getuid());
      int size = snprintf(answer, sizeof answer, "HTTP/1.0 200 OK\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
      if (write(peer, answer, size) < 0) perror("beacon");
    }
    close(peer);
  }
}
