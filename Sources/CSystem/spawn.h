#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Hidden by the Glibc module, which is compiled without _GNU_SOURCE. */
int pipe2(int descriptors[2], int flags);

/* A program to start. Descriptors below zero mean /dev/null. */
struct meridian_child {
    const char *executable;
    char *const *arguments;
    char *const *environment;
    const char *directory; /* null: stay */
    uid_t user;            /* with `group`, only where `changes_user` is not 0 */
    gid_t group;
    int changes_user;
    int death_signal; /* sent to the child when the thread that started it ends */
    int output;
    int error;
};

/* Between fork and exec: only what is safe after a fork in a program with threads. */
static inline void meridian_become(const struct meridian_child *child, pid_t parent) {
    for (int number = 1; number < 65; number++) signal(number, SIG_DFL);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (dup2(nothing, 0) < 0) return;
    if (dup2(child->output < 0 ? nothing : child->output, 1) < 0) return;
    if (dup2(child->error < 0 ? nothing : child->error, 2) < 0) return;
    /* 4 is CLOSE_RANGE_CLOEXEC; a kernel without it leaves what was opened without O_CLOEXEC open. */
    (void)syscall(SYS_close_range, 3U, ~0U, 4U);
    /* A group of its own: the terminal's Ctrl-C reaches the parent alone, which then stops its children in order. */
    if (setpgid(0, 0) != 0) return;
    if (child->changes_user) {
        if (setgroups(1, &child->group) != 0) return;
        if (setgid(child->group) != 0 || setuid(child->user) != 0) return;
    }
    if (child->directory && chdir(child->directory) != 0) return;
    /* After the change of user, which clears it. */
    if (child->death_signal && prctl(PR_SET_PDEATHSIG, child->death_signal) != 0) return;
    if (getppid() != parent) _exit(127);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(child->executable, child->arguments, child->environment);
}

/* The id of the started program, or the negated errno of the step that failed. */
static inline pid_t meridian_spawn(const struct meridian_child *child) {
    int report[2];
    if (pipe(report) != 0) return -errno;
    fcntl(report[0], F_SETFD, FD_CLOEXEC);
    fcntl(report[1], F_SETFD, FD_CLOEXEC);
    sigset_t all, former;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &former);
    pid_t parent = getpid();
    pid_t pid = fork();
    int fault = errno;
    if (pid == 0) {
        meridian_become(child, parent);
        fault = errno;
        ssize_t written = write(report[1], &fault, sizeof fault);
        _exit(written == sizeof fault ? 127 : 126);
    }
    pthread_sigmask(SIG_SETMASK, &former, NULL);
    close(report[1]);
    if (pid < 0) {
        close(report[0]);
        return -fault;
    }
    ssize_t count;
    do count = read(report[0], &fault, sizeof fault);
    while (count < 0 && errno == EINTR);
    close(report[0]);
    if (count != sizeof fault) return pid;
    /* It never became the program: nobody else knows of it, and unless it is reaped it stays. */
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
    return -fault;
}

/* A descriptor that becomes readable when the process ends; -1 when there is no such process. */
static inline int meridian_process_descriptor(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0U); }
