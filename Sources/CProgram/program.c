#define _GNU_SOURCE
#include "CProgram.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

// Lowers a limit; one that is lower already stays. `beyond`: how far above it the process is not merely told.
static int linux_limit(int resource, unsigned long value, unsigned long beyond) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return -1;
    if (limit.rlim_max > value + beyond) limit.rlim_max = value + beyond;
    if (limit.rlim_cur > value) limit.rlim_cur = value;
    return setrlimit(resource, &limit);
}

// What the new process does to itself; comes back only when it could not.
static void linux_become(const struct linux_program *program, pid_t parent) {
    // It ends with the thread that started it, and gets no right that it does not have: by no bit and no capability of a
    // file, and none of the agent's own.
    if (setpgid(0, 0) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return;
    if (getppid() != parent) _exit(127);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return;
    // What we ignore it would ignore, too.
    // All of them: sigaction(3) leaves out two that the C library has for itself. What is zero is SIG_DFL.
    unsigned long standard[4] = {0};
    for (int number = 1; number <= 64; number++) syscall(SYS_rt_sigaction, number, standard, 0, 8);
    if (dup2(program->input, 0) < 0 || dup2(program->output, 1) < 0 || dup2(program->errors, 2) < 0) return;
    if (syscall(SYS_close_range, 3u, ~0u, 0u) != 0) return;
    if (linux_limit(RLIMIT_CORE, 0, 0) != 0 || linux_limit(RLIMIT_CPU, program->processor_seconds, 1) != 0 ||
        linux_limit(RLIMIT_DATA, program->data_bytes, 0) != 0 ||
        linux_limit(RLIMIT_FSIZE, program->file_bytes, 0) != 0 ||
        linux_limit(RLIMIT_NOFILE, program->open_files, 0) != 0)
        return;
    umask(077);
    if (chdir("/") != 0) return;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    execve(program->path, program->arguments, program->environment);
}

// The new process shares our memory until it is another program, and this thread stands still meanwhile; so it calls
// nothing that needs a lock, all signals wait, and its error is ours to read.
int linux_start(const struct linux_program *program, int *error) {
    *error = EBADF;
    if (program->input < 3 || program->output < 3 || program->errors < 3) return -1;
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    volatile int failure = 0;
    pid_t parent = getpid();
    pid_t child = vfork();
    if (child == 0) {
        linux_become(program, parent);
        failure = errno;
        _exit(127);
    }
    if (child < 0) failure = errno;
    sigprocmask(SIG_SETMASK, &before, 0);
    *error = failure;
    if (child > 0 && failure != 0) {
        while (waitpid(child, 0, 0) < 0 && errno == EINTR) {
        }
        return -1;
    }
    return child;
}

int linux_open_process(int process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int linux_pipe(int *ends) {
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0) return 0;
    close(ends[0]);
    close(ends[1]);
    return -1;
}

const char *linux_signal_words(int number) {
    return sigdescr_np(number);
}
