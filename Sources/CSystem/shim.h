#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Hidden by the Glibc module, which is compiled without _GNU_SOURCE. */
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
int pipe2(int ends[2], int flags);
int pthread_setname_np(pthread_t thread, const char *name);
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/* The enumerator is not importable under its own name. */
static const uint32_t meridian_EPOLLERR = 0x008;

/* `stdout` is a mutable global, which strict concurrency refuses. */
static inline void meridian_line_buffer_output(void) { setvbuf(stdout, 0, _IOLBF, 0); }
