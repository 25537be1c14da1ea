/* SPDX-License-Identifier: MIT */
/*
 * A guest that takes the device and sends and calls without pause until it is
 * killed: at any moment it is in the middle of a frame, of a doorbell, of a
 * hypercall, or of the device's work on its memory.
 */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#include "vpio_process_port.h"

static struct vpio_process_port process;
static struct vpio_guest guest;

static void leave(void)
{
    _exit(7);
}

static void call(uint32_t cmd, uint64_t first, uint64_t second, uint64_t third, uint64_t fourth)
{
    uint64_t argument[VPIO_DEVICE_OP_ARGUMENT_BYTES / 8] = { first, second, third, fourth };

    (void)process.port.call(process.port.context, cmd, argument);
}

int main(void)
{
    static uint8_t frame[1514];
    uint64_t iova = (uint64_t)1 << 40;
    uint64_t i;

    if (vpio_process_attach(&process, leave) != NULL || vpio_process_use(&process, 0) != VPIO_OK || vpio_guest_attach(&guest, &process.port, 0) != VPIO_OK)
        return 1;
    memset(frame, 0xff, 6);
    memcpy(frame + 6, &guest.mac_address, 6);
    if (vpio_guest_grab(&guest, 1) == VPIO_QUEUED && vpio_guest_await(&guest, VPIO_WAIT_FOREVER) != VPIO_OK)
        return 2;
    if (vpio_process_use(&process, 0) != VPIO_OK)
        return 3;
    guest.port = process.port;
    for (i = 0;; i++) {
        (void)vpio_guest_send(&guest, frame, sizeof frame);
        if (i % 8 == 0)
            call(DEVOP_get_state, 0, 0, 0, 0);
        if (i % 32 == 0) {
            call(DEVOP_map, iova, 0, 4096, VPIO_DMA_READ);
            call(DEVOP_unmap, iova, 4096, 0, 0);
        }
    }
}
