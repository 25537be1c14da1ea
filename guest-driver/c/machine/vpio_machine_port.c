/* SPDX-License-Identifier: MIT */
#include "vpio_machine_port.h"

#define NS_PER_US ((uint64_t)1000)
#define MOST_SLEEP_US ((uint64_t)1000000)
/* One processor makes one call at a time, and the upcall handler makes none. */
#define SLOT_INDEX 0U

struct interrupt_frame;

static volatile uint32_t upcalls;

/* All memory is written before the hypervisor looks at it, and read again after. */
static void out(uint16_t port, uint32_t value)
{
    __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static uint64_t read_counter(void *context)
{
    uint32_t low;
    uint32_t high;

    (void)context;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

static void kick(void *context, uint32_t device)
{
    (void)context;
    out(VPIO_MACHINE_PORT_KICK, device);
}

static int64_t call(void *context, uint32_t cmd, void *argument)
{
    struct vpio_machine_port *machine = context;
    struct vpio_call_slot *slot = &machine->calls->calls[SLOT_INDEX];

    slot->cmd = vpio_le32(cmd);
    __builtin_memcpy(&slot->argument, argument, sizeof slot->argument);
    out(VPIO_MACHINE_PORT_CALL, SLOT_INDEX);
    __builtin_memcpy(argument, &slot->argument, sizeof slot->argument);
    return (int64_t)vpio_le64(slot->result);
}

static void *at(uint64_t address)
{
    return (void *)(uintptr_t)vpio_le64(address);
}

const char *vpio_machine_attach(struct vpio_machine_port *machine, const struct vpio_machine_info *info)
{
    if (vpio_le32(info->magic) != VPIO_MACHINE_INFO_MAGIC || vpio_le16(info->major) != VPIO_VERSION_MAJOR)
        return "the machine info is not that of this version";
    machine->port.context = machine;
    machine->port.call = call;
    machine->port.kick = kick;
    machine->port.read_counter = read_counter;
    machine->port.device_page = at(info->device_page);
    machine->port.guest_page = at(info->guest_page);
    machine->port.memory = at(info->memory);
    machine->port.memory_bytes = vpio_le64(info->memory_bytes);
    machine->application = at(info->application);
    machine->application_bytes = vpio_le64(info->application_bytes);
    machine->windows = at(info->windows);
    machine->window_stride_bytes = vpio_le64(info->window_stride_bytes);
    machine->calls = at(info->call_area);
    return 0;
}

int64_t vpio_machine_use(struct vpio_machine_port *machine, uint32_t device)
{
    if (device >= VPIO_DEVICE_PAGE_SLOT_COUNT)
        return -VPIO_ENODEV;
    machine->port.window = machine->windows + device * machine->window_stride_bytes;
    return VPIO_OK;
}

uint64_t vpio_machine_now_ns(const struct vpio_machine_port *machine)
{
    return vpio_clock_ns(machine->port.guest_page, read_counter(0));
}

void vpio_machine_sleep(uint64_t ns)
{
    uint64_t us = ns / NS_PER_US;

    out(VPIO_MACHINE_PORT_SLEEP, (uint32_t)(us < MOST_SLEEP_US ? us : MOST_SLEEP_US));
}

void vpio_machine_end(uint32_t exit_code)
{
    for (;;)
        out(VPIO_MACHINE_PORT_END, exit_code);
}

uint32_t vpio_machine_upcalls(void)
{
    return upcalls;
}

/*
 * What a notification interrupts the program with; the linker script puts it
 * into the image's header. The events stay where they are: the driver takes
 * them, at a time of its own. The interrupt is for who computes and does not look.
 */
void vpio_machine_upcall(struct interrupt_frame *frame);

__attribute__((interrupt)) void vpio_machine_upcall(struct interrupt_frame *frame)
{
    (void)frame;
    upcalls++;
}
