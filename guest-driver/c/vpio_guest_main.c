/* SPDX-License-Identifier: MIT */
/* The program of a guest in vpio run, in a process of its own. Specified in docs/guest-programs.md. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "vpio_process_port.h"
#include "vpio_program.h"

#define EXIT_HYPERVISOR_ENDED 7

static struct vpio_process_port process;
static struct vpio_program program;

static void leave_without_hypervisor(void)
{
    static const char sentence[] = "vpio-guest: the hypervisor has ended, and its devices with it; this guest ends.\n";

    /* Nobody may be there to read it. */
    if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
        _exit(EXIT_HYPERVISOR_ENDED);
    _exit(EXIT_HYPERVISOR_ENDED);
}

static uint64_t now_ns(void *context)
{
    (void)context;
    return vpio_process_now_ns();
}

static void nap(void *context, uint64_t ns)
{
    struct timespec time;

    (void)context;
    time.tv_sec = 0;
    time.tv_nsec = (long)ns;
    (void)nanosleep(&time, NULL);
}

static int64_t use_device(void *context, uint32_t device)
{
    return vpio_process_use(context, device);
}

int main(void)
{
    const struct vpio_program_body body = { &process, &process.port, now_ns, nap, use_device };
    const char *reason;

    /* What is said when the hypervisor has ended may find nobody to read it. */
    (void)signal(SIGPIPE, SIG_IGN);
    reason = vpio_process_attach(&process, leave_without_hypervisor);
    if (reason == NULL)
        reason = vpio_program_open(&program, &body, process.application, process.application_bytes);
    if (reason != NULL) {
        (void)fprintf(stderr, "vpio-guest: %s. See vpio run --guest-kind c.\n", reason);
        return VPIO_PROGRAM_NO_GUEST;
    }
    return vpio_program_run(&program);
}
