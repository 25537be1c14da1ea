/*
 * Made the page images of version 1.0 that PageImageTests reads: with the
 * headers of that version, by another language than reads them.
 *     gcc -I abi/include -o make-images make-images.c && ./make-images
 * An image of a released version is never made again.
 */
#include <stdio.h>
#include <string.h>
#include "vpio.h"

static struct vpio_device_page device_page;
static struct vpio_guest_page guest_page;

static int save(const char *name, const void *page, size_t bytes)
{
    FILE *file = fopen(name, "wb");
    return file == NULL || fwrite(page, bytes, 1, file) != 1 || fclose(file) != 0;
}

int main(void)
{
    unsigned n;

    device_page.header.magic = VPIO_DEVICE_PAGE_MAGIC;
    device_page.header.major = 1;
    device_page.header.minor = 0;
    device_page.header.features = 0;
    device_page.header.page_size_bytes = VPIO_DEVICE_PAGE_SIZE;
    device_page.header.slot_size_bytes = VPIO_DEVICE_SLOT_SIZE;
    device_page.header.slot_count = VPIO_DEVICE_PAGE_SLOT_COUNT;
    device_page.header.device_count = 2;
    device_page.header.epoch = 0x1122334455667788;
    for (n = 0; n < VPIO_DEVICE_PAGE_SLOT_COUNT; n++)
        device_page.slots[n].state = vpio_word(VPIO_STATE_OFFLINE, VPIO_DOMID_INVALID, 0);
    device_page.slots[0].state = vpio_word(VPIO_STATE_REVOKING, 7, 0x123456789a);
    device_page.slots[0].slice_end_ns = 1000000001;
    device_page.slots[0].grace_end_ns = 1005000001;
    device_page.slots[0].waiters = 3;
    device_page.slots[0].device_class = VPIO_CLASS_NETWORK;
    device_page.slots[0].grants = 41;
    device_page.slots[0].forced_stops = 2;
    device_page.slots[0].revocations = 17;
    device_page.slots[62].state = vpio_word(VPIO_STATE_FREE, VPIO_DOMID_INVALID, 5);
    device_page.slots[62].device_class = VPIO_CLASS_NETWORK;

    guest_page.header.magic = VPIO_GUEST_PAGE_MAGIC;
    guest_page.header.major = 1;
    guest_page.header.minor = 0;
    guest_page.header.domain_id = 7;
    guest_page.header.epoch = 0x1122334455667788;
    guest_page.upcall_pending = 1;
    guest_page.upcall_mask = 0;
    guest_page.notify_sequence = 9;
    guest_page.pending_selector = ((uint64_t)1 << 62) | 1;
    guest_page.tsc_base = 100;
    guest_page.ns_base = 200;
    guest_page.tsc_mul = 300;
    guest_page.tsc_shift = 4;
    guest_page.events[0] = VPIO_EVENT_REVOKE | VPIO_EVENT_RX_PENDING;
    guest_page.events[62] = VPIO_EVENT_GRANTED;

    return save("device-page-1.0.bin", &device_page, sizeof device_page) || save("guest-page-1.0.bin", &guest_page, sizeof guest_page);
}
