/* SPDX-License-Identifier: MIT */
/* The program of a guest in vpio run, in a virtual machine. Specified in docs/guest-programs.md. */
#include "vpio_machine_port.h"
#include "vpio_program.h"

static struct vpio_machine_port machine;
static struct vpio_program program;

static uint64_t now_ns(void *context)
{
    return vpio_machine_now_ns(context);
}

static void nap(void *context, uint64_t ns)
{
    (void)context;
    vpio_machine_sleep(ns);
}

static int64_t use_device(void *context, uint32_t device)
{
    return vpio_machine_use(context, device);
}

/* Where the machine begins: the linker script puts it into the image's header. */
void vpio_machine_entry(const struct vpio_machine_info *info) __attribute__((noreturn));

void vpio_machine_entry(const struct vpio_machine_info *info)
{
    const struct vpio_program_body body = { &machine, &machine.port, now_ns, nap, use_device };

    if (vpio_machine_attach(&machine, info) != 0 || vpio_program_open(&program, &body, machine.application, machine.application_bytes) != 0)
        vpio_machine_end(VPIO_PROGRAM_NO_GUEST);
    vpio_machine_end((uint32_t)vpio_program_run(&program));
}
