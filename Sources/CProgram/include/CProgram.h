#pragma once

// How a program is started in a process of its own: what posix_spawn(3) cannot do is done between vfork(2) and execve(2).
//
// No header of the system here: to Swift what that declares would be this module's.

// What a program is started with, and how much it may use.
struct linux_program {
    const char *path;
    char *const *arguments;
    char *const *environment;
    // Above 2: they become 0, 1 and 2.
    int input;
    int output;
    int errors;
    unsigned long processor_seconds;
    unsigned long data_bytes;
    unsigned long file_bytes;
    unsigned long open_files;
};

// Starts a program in a process group of its own; its number, or -1 with the error.
int linux_start(const struct linux_program *program, int *error);

// A descriptor that becomes readable when the process has ended: pidfd_open(2).
int linux_open_process(int process);

// Two ends that programs we start do not inherit, the first one not blocking: pipe2(2).
int linux_pipe(int *ends);

// The English words for a signal, NULL for none.
const char *linux_signal_words(int number);
